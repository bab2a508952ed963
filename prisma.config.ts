import { defineConfig } from "prisma/config";

/** Lets Prisma's own commands find the schema; the application reads its database address in server/config. */
export default defineConfig({ schema: "prisma/schema.prisma", migrations: { path: "prisma/migrations" } });
