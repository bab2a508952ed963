import type { AnchorHTMLAttributes } from "react";

/** A link that leads nowhere else: the gallery has no pages. */
export default function Link(props: AnchorHTMLAttributes<HTMLAnchorElement>) {
  return <a {...props} />;
}
