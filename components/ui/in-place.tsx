/**
 * Right-aligned text whose width changes. A new text is a new element: to the browser nothing has moved, as nothing has
 * to the eye.
 */
export function InPlace({ text }: { readonly text: string }) {
  return <span key={text}>{text}</span>;
}
