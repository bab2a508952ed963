import {
  Button,
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
} from "@mantine/core";

/** Mantine wants ten shades; the fifth to seventh are the accent of tokens.css in dark and light. */
const tide: MantineColorsTuple = [
  "#e6f5f3",
  "#d6ecea",
  "#a9d8d3",
  "#79c6bf",
  "#52bab1",
  "#39b5ab",
  "#1c938b",
  "#0b7a75",
  "#08625e",
  "#054a47",
];

/** Likewise the red of tokens.css, for what cannot be undone. */
const red: MantineColorsTuple = [
  "#fdeceb",
  "#fbd5d2",
  "#f7b1ab",
  "#ffb3ac",
  "#ff9d94",
  "#ff8a80",
  "#d92d20",
  "#b42318",
  "#912018",
  "#7a1a13",
];

/** Mantine's surfaces in dark: text, muted, line, panel and background of tokens.css. */
const dark: MantineColorsTuple = [
  "#e8eef2",
  "#c4cfd6",
  "#93a2ad",
  "#64737e",
  "#202b33",
  "#1d2830",
  "#11181e",
  "#11181e",
  "#0b1014",
  "#070b0e",
];

const TALL_BUTTON = { "--button-height": "var(--tw-control-height)" };

/** The head of what lies over the page is no second banner of it. */
const PLAIN_HEADER = { header: { role: "presentation" } };

/** Mantine in the look of tokens.css. */
export const theme = createTheme({
  colors: { dark, tide, red },
  primaryColor: "tide",
  primaryShade: { light: 7, dark: 5 },
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    return input.variant === "filled" ? { ...colors, color: "var(--tw-on-accent)" } : colors;
  },
  fontFamily: "var(--tw-font)",
  fontSizes: { xs: "12px", sm: "14px", md: "14px", lg: "14px", xl: "26px" },
  lineHeights: { xs: "16px", sm: "20px", md: "20px", lg: "20px", xl: "34px" },
  spacing: { xs: "8px", sm: "8px", md: "16px", lg: "24px", xl: "32px" },
  radius: { xs: "8px", sm: "8px", md: "8px", lg: "10px", xl: "10px" },
  defaultRadius: "sm",
  shadows: { xs: "none", sm: "none", md: "none", lg: "none", xl: "none" },
  respectReducedMotion: true,
  components: {
    // On a phone every control is as high as a finger needs.
    Button: Button.extend({
      vars: (_theme, { size }) => ({ root: size?.startsWith("compact") ? {} : TALL_BUTTON }),
    }),
    // By name: to extend them is to load them, and the board has none.
    Drawer: { defaultProps: { attributes: PLAIN_HEADER } },
    Modal: {
      defaultProps: { attributes: PLAIN_HEADER },
      styles: { title: { fontWeight: "var(--tw-strong)" } },
    },
    // Round ones are for one of several.
    Checkbox: { defaultProps: { radius: 4 } },
    Notification: { styles: { root: { border: "1px solid var(--tw-line)" } } },
    // The placeholder that would take the first focus is no child that a menu may have; the first item takes it instead.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    InputWrapper: { styles: { label: { marginBottom: 4 } } },
    Input: { vars: () => ({ wrapper: { "--input-height": "var(--tw-control-height)" } }) },
  },
});

/** Mantine's own variables follow the tokens, in both schemes. */
export const resolver: CSSVariablesResolver = () => {
  const variables = {
    "--mantine-color-body": "var(--tw-panel)",
    "--mantine-color-text": "var(--tw-text)",
    "--mantine-color-dimmed": "var(--tw-muted)",
    "--mantine-color-placeholder": "var(--tw-muted)",
    "--mantine-color-default": "var(--tw-panel)",
    "--mantine-color-default-hover": "var(--tw-bg)",
    "--mantine-color-default-color": "var(--tw-text)",
    "--mantine-color-default-border": "var(--tw-line)",
    "--mantine-color-error": "var(--tw-red)",
  };
  return { variables: {}, light: variables, dark: variables };
};
