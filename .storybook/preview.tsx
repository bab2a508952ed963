import "@mantine/core/styles.css";
import "@mantine/dates/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "#components/ui/tokens.css";
import type { Preview } from "@storybook/react-vite";
import { Surroundings } from "./surroundings.tsx";

const preview: Preview = {
  globalTypes: {
    locale: {
      description: "Language",
      toolbar: { icon: "globe", items: ["en", "zh"], dynamicTitle: true },
    },
    scheme: {
      description: "Theme",
      toolbar: { icon: "mirror", items: ["light", "dark"], dynamicTitle: true },
    },
  },
  initialGlobals: { locale: "en", scheme: "light" },
  parameters: { layout: "fullscreen", controls: { disable: true }, actions: { disable: true } },
  decorators: [
    (Story, { id, globals, parameters }) => (
      <Surroundings
        key={`${id} ${globals.locale}`}
        locale={globals.locale}
        scheme={globals.scheme}
        {...parameters.tidewatch}
      >
        <Story />
      </Surroundings>
    ),
  ],
};

export default preview;
