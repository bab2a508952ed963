import { z } from "zod";

/** An https URL of a provider; plain http on this machine alone, for tests. @param how what to write instead */
export const providerUrl = (how: string) =>
  z.string().refine((text) => {
    const url = URL.parse(text);
    if (!url || `${url.search}${url.hash}${url.username}${url.password}` !== "") return false;
    return (
      url.protocol === "https:" ||
      (url.protocol === "http:" && /^(localhost|127\.0\.0\.1)$/.test(url.hostname))
    );
  }, how);
