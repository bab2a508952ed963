/** @type {import("next").NextConfig} */
export default {
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
  poweredByHeader: false,
  devIndicators: false,
  // `npm run verify` checks types; the build need not do it again.
  typescript: { ignoreBuildErrors: true },
  // Words are compiled on the server (app/compiled-messages.ts): the formatter without the parser.
  turbopack: { resolveAlias: { "use-intl/format-message": "use-intl/format-message/format-only" } },
  serverExternalPackages: ["pg", "pino", "better-auth", "@prisma/client"],
};
