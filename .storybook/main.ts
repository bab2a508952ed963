import { join } from "node:path";
import type { StorybookConfig } from "@storybook/react-vite";

const here = (file: string) => join(import.meta.dirname, file);

/** The gallery: each component in each of its states (docs/decisions/0029-gallery.md). */
const config: StorybookConfig = {
  framework: "@storybook/react-vite",
  stories: ["../components/**/*.stories.tsx"],
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  features: { sidebarOnboardingChecklist: false },
  typescript: { reactDocgen: false },
  viteFinal: (vite) => ({
    ...vite,
    resolve: {
      ...vite.resolve,
      alias: {
        ...vite.resolve?.alias,
        // What needs Next's router or a server stands in for itself; the components stay as they are.
        "next/link": here("stand-ins/link.tsx"),
        "next/navigation": here("stand-ins/navigation.ts"),
        "socket.io-client": here("stand-ins/socket.ts"),
      },
    },
  }),
};

export default config;
