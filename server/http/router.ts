import type { Route } from "./define-route.ts";

/** A route that a request leads to, and what stands in the places of its path. */
export interface Found {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

interface Path {
  readonly pattern: URLPattern;
  readonly places: number;
  readonly routes: readonly Route[];
}

/** Finds routes by method and path; HEAD goes to the route of GET. */
export class Router {
  /** Named paths before those with places for names. */
  readonly #paths: readonly Path[];

  constructor(routes: readonly Route[]) {
    const byPath = Map.groupBy(routes, ({ path }) => path);
    this.#paths = Array.from(byPath, ([path, own]) => ({
      pattern: new URLPattern({ pathname: pathnameOf(path) }),
      places: path.split("{").length,
      routes: own,
    })).sort((a, b) => a.places - b.places);
  }

  /** Methods that a path takes, HEAD and OPTIONS among them, in order of the alphabet; null: there is no such path. */
  methodsOf(pathname: string): readonly string[] | null {
    const path = this.#pathOf(pathname);
    if (!path) return null;
    const methods = path.routes.map(({ method }) => method as string);
    return [...methods, ...(methods.includes("GET") ? ["HEAD"] : []), "OPTIONS"].sort();
  }

  /** @param pathname of the request's address, still with its escapes */
  find(method: string, pathname: string): Found | null {
    const path = this.#pathOf(pathname);
    const wanted = method === "HEAD" ? "GET" : method;
    const route = path?.routes.find((each) => each.method === wanted);
    const params = path && decoded(path.pattern.exec({ pathname })?.pathname.groups ?? {});
    return route && params ? { route, params } : null;
  }

  #pathOf(pathname: string): Path | undefined {
    return this.#paths.find(({ pattern }) => pattern.test({ pathname }));
  }
}

/** {id} → :id */
const pathnameOf = (path: string): string => path.replace(/\{(\w+)\}/g, ":$1");

/** Null where an escape is none. */
function decoded(groups: Readonly<Record<string, string | undefined>>): Found["params"] | null {
  try {
    return Object.fromEntries(
      Object.entries(groups).map(([name, text]) => [name, decodeURIComponent(text ?? "")]),
    );
  } catch {
    return null;
  }
}
