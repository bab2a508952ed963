/** Tidewatch as the providers of tests know it. */
export const CLIENT = { id: "tidewatch", secret: "the client's secret, long enough" };
