"use client";
import { AdminFrame } from "../shell/admin-frame.tsx";
import { ApiKeysPanel } from "./api-keys-panel.tsx";

/** /admin/api-keys: which machines may come in, and what for. */
export function ApiKeysPage() {
  return (
    <AdminFrame>
      <ApiKeysPanel />
    </AdminFrame>
  );
}
