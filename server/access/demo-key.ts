/** Name of the simulator's key, and of no other: a new one at each start, gone with the demo, good for nothing outside it. */
export const DEMO_KEY = "demo simulator";
