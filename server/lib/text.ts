/** Whether PostgreSQL can hold a text: neither a NUL character nor half of a surrogate pair in it. */
export const isStorable = (text: string): boolean => !text.includes("\0") && text.isWellFormed();
