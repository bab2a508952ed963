/** A CSV that browsers save under a name. @param name without quotes */
export const csvAnswer = (body: BodyInit, name: string): Response =>
  new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    },
  });
