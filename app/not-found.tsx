export { NothingHere as default } from "../components/shell/notices.tsx";
