/** Next's navigation where there is nowhere to go. */
const router = { push: () => undefined, replace: () => undefined, refresh: () => undefined };
export const useRouter = () => router;
export const usePathname = () => "/orders";
