export { Forbidden as default } from "#components/shell/notices.tsx";
