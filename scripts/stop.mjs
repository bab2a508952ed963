// Stops what was asked to stop: the set-up as well as the command after it.
import { constants, userInfo } from "node:os";
import { endSteps, fail, ROOT, say } from "./console.mjs";
import { isLeftBehind } from "./left-behind.mjs";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"];
const WATCH_MS = 500;
/** One press of Ctrl-C comes twice, from the terminal and from npm: only what comes later, ms, is a second one. */
const SAME_MS = 500;
/** Longest that a step of the set-up may take to end. */
const END_MS = 5_000;

/** Who runs this. In a container it may be a number without a name. */
function us() {
  if (process.platform === "win32") return "this user";
  try {
    return `${userInfo().username} (uid ${process.getuid()})`;
  } catch {
    return `uid ${process.getuid()}`;
  }
}

/** Codes of a file system that refuses. */
const REFUSALS = new Set(["EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT"]);

export class Stop {
  #asked = null;
  #since = 0;
  #child = null;
  /** Signals that the command was told: one that has not come to listen yet ends by them. */
  #told = new Set();
  #isFine;

  /**
   * @param name the command
   * @param isFine whether it has ended well when it ends because it was asked to
   */
  constructor(name, isFine) {
    this.#isFine = isFine;
    for (const signal of SIGNALS) process.on(signal, () => this.#ask(signal));
    // npm passes a signal on to its shell, and the shell dies without a word to us.
    const parent = process.ppid;
    const watch = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(watch);
      this.#ask("SIGTERM");
    }, WATCH_MS);
    watch.unref();
    if (isLeftBehind(parent, name)) this.#ask("SIGTERM");
  }

  /** From now on the command is told, and decides itself. */
  passOnTo(child) {
    this.#child = child;
  }

  /** Resolves when nobody has asked to stop; never when somebody has, as the process ends then. */
  async goOn() {
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#asked) await new Promise(() => undefined);
  }

  /** The set-up has failed: because it was asked to end, or with a reason. */
  async giveUp(error) {
    await this.goOn();
    if (!REFUSALS.has(error.code)) throw error;
    fail(
      `The checkout ${ROOT} cannot be set up by ${us()}: ${error.message}. Run the command as its owner, or make room.`,
    );
  }

  /** Exit code when the signal has ended what ran. */
  codeAfter(signal) {
    if (!this.#asked && !this.#told.has(signal)) return 1;
    return this.#isFine ? 0 : 128 + (constants.signals[signal] ?? 0);
  }

  #ask(signal) {
    if (this.#child) {
      this.#told.add(signal);
      return void this.#child.kill(signal);
    }
    if (this.#asked) {
      if (performance.now() - this.#since > SAME_MS) this.#endAtOnce();
      return;
    }
    this.#asked = signal;
    this.#since = performance.now();
    say("\nStopping; what the set-up has not finished is done at the next start.");
    const end = () => process.exit(this.codeAfter(signal));
    endSteps("SIGTERM").then(end);
    setTimeout(() => this.#endAtOnce(), END_MS).unref();
  }

  #endAtOnce() {
    endSteps("SIGKILL");
    process.exit(this.codeAfter(this.#asked));
  }
}
