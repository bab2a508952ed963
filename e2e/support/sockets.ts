import type { Page, WebSocketRoute } from "@playwright/test";

/** The page's live sockets, to be cut and restored like a network. Polling is cut as well. */
export interface Cuttable {
  cut(): void;
  restore(): void;
}

/** Call before the page is opened. */
export async function cuttable(page: Page): Promise<Cuttable> {
  const open = new Set<WebSocketRoute>();
  let isCut = false;
  await page.routeWebSocket(/\/live\//, (socket) => {
    if (isCut) return void socket.close();
    socket.connectToServer();
    open.add(socket);
  });
  await page.route(/\/live\//, (route) => (isCut ? route.abort() : route.continue()));
  return {
    cut: () => {
      isCut = true;
      for (const socket of open) void socket.close();
      open.clear();
    },
    restore: () => {
      isCut = false;
    },
  };
}
