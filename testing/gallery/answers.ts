import type { Problem } from "#server/contracts/api/common.ts";

/** What a route answers in a story: a body, a problem document, or nothing for as long as anybody waits. */
export type Answer = { readonly body: unknown } | { readonly problem: Problem } | "never";

/** Answers by path without its query; a `*` stands for one part of the path. */
export type Answers = Readonly<Record<string, Answer>>;

export const answer = (body: unknown): Answer => ({ body });

export const NEVER: Answer = "never";

/** The server is there and cannot. Of the kind that no client asks again by itself. */
export const FAILED: Answer = {
  problem: {
    type: "about:blank",
    title: "Unprocessable",
    status: 422,
    detail: "The database does not answer.",
    code: "failed",
  },
};

export const problem = (status: number, code: string, detail: string): Answer => ({
  problem: { type: "about:blank", title: code, status, detail, code },
});

/** What the frame around every page asks. */
const BESIDE: Answers = {
  "/api/v1/proposals": answer({ items: [], nextCursor: null }),
  "/api/v1/settings": answer({ version: 0, items: [], mails: true }),
};

/** `fetch` for one story. What no answer is given for fails loudly, so that no story depends on a server by mistake. */
export function fetchOf(answers: Answers): typeof fetch {
  return async (input) => {
    const path = new URL(String(input instanceof Request ? input.url : input), window.location.href).pathname;
    const found =
      answers[path] ??
      BESIDE[path] ??
      Object.entries(answers).find(([pattern]) => matches(pattern, path))?.[1];
    if (found === undefined) {
      console.error(`The story has no answer for ${path}`); // the walk over all stories finds it
      throw new Error(`The story has no answer for ${path}`);
    }
    if (found === "never") return new Promise(() => undefined);
    if ("problem" in found) {
      return Response.json(found.problem, { status: found.problem.status });
    }
    return Response.json(found.body);
  };
}

function matches(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split("/"), path.split("/")];
  return (
    wanted.length === given.length && wanted.every((part, index) => part === "*" || part === given[index])
  );
}
