import { config } from "zod";

// zod otherwise tries to compile its parsers, which the content policy forbids and reports.
config({ jitless: true });
