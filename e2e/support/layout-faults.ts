import type { Page } from "@playwright/test";

/**
 * What is laid out wrongly at the width of the window: a page that scrolls sideways, parts that stand beside each other and
 * overlap, words that run out of their box. @returns one line each
 */
export async function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    // What is measured by a script follows the window by a frame.
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    const faults: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) faults.push(`the page is ${root.scrollWidth} px wide`);

    const nameOf = (element: Element) => {
      const text = (element.textContent ?? "").replace(/\s+/g, " ").slice(0, 30);
      return `${element.tagName.toLowerCase()}.${String(element.className).split(" ")[0]} "${text}"`;
    };
    const styleOf = (element: Element) => getComputedStyle(element);
    /** Boxes that the layout has placed, and no picture's or rich text's own. */
    const isPlaced = (element: Element) => {
      const { display, position, transform, visibility } = styleOf(element);
      if (!(element instanceof HTMLElement) || visibility === "hidden") return false;
      if (display === "none" || display === "contents" || display === "inline") return false;
      return position !== "absolute" && position !== "fixed" && position !== "sticky" && transform === "none";
    };
    for (const parent of document.body.querySelectorAll("*")) {
      if (!/^(flex|grid|inline-flex|inline-grid)$/.test(styleOf(parent).display)) continue;
      const boxes = [...parent.children]
        .filter(isPlaced)
        .map((element) => ({ element, rect: element.getBoundingClientRect() }))
        .filter(({ rect }) => rect.width > 0 && rect.height > 0);
      for (const [index, one] of boxes.entries()) {
        for (const other of boxes.slice(index + 1)) {
          const across =
            Math.min(one.rect.right, other.rect.right) - Math.max(one.rect.left, other.rect.left);
          const down = Math.min(one.rect.bottom, other.rect.bottom) - Math.max(one.rect.top, other.rect.top);
          if (across > 1 && down > 1) faults.push(`${nameOf(one.element)} overlaps ${nameOf(other.element)}`);
        }
      }
    }
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      let box = text.parentElement;
      while (box && /^(inline|contents)$/.test(styleOf(box).display)) box = box.parentElement;
      if (!box || !text.nodeValue?.trim() || styleOf(box).overflowX !== "visible") continue;
      if (/^(absolute|fixed)$/.test(styleOf(box).position) || box.closest("svg, script, style")) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const [words, around] = [range.getBoundingClientRect(), box.getBoundingClientRect()];
      if (around.width > 1 && (words.right > around.right + 1 || words.left < around.left - 1)) {
        faults.push(`${nameOf(box)} runs out of its ${Math.round(around.width)} px`);
      }
    }
    return [...new Set(faults)];
  });
}
