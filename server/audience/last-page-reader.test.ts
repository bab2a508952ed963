import { describe, expect, test } from "vitest";
import { LastPageReader } from "./last-page-reader.ts";

type Needs = ConstructorParameters<typeof LastPageReader>[0];

/** A database that answers each question when it is told to, and remembers the accounts asked. */
function slowDatabase() {
  const questions: { accounts: string[]; answer: () => void; fail: (error: Error) => void }[] = [];
  const query = ({ values: [accounts] }: { values: [string[]] }) =>
    new Promise((resolve, reject) => {
      const rows = accounts.map((account_id) => ({ account_id, device_id: null, log_time: null }));
      questions.push({ accounts, answer: () => resolve({ rows }), fail: reject });
    });
  const reader = new LastPageReader({ pool: { query }, now: () => 0, config: {} } as unknown as Needs);
  const read = (accountId: string) => reader.read({ accountId, deviceId: null });
  return { questions, read };
}

const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

describe("single last-page reads (P4)", () => {
  test("what arrives together is one question, and each gets its own answer", async () => {
    const { questions, read } = slowDatabase();
    const answers = Promise.all(["a", "b", "a"].map(read));
    await turn();
    expect(questions.map(({ accounts }) => accounts)).toEqual([["a", "b", "a"]]);
    questions[0]?.answer();
    expect((await answers).map(({ accountId }) => accountId)).toEqual(["a", "b", "a"]);
  });

  test("two questions at most are under way; the rest gathers for the next", async () => {
    const { questions, read } = slowDatabase();
    const answers: Promise<unknown>[] = [];
    for (const account of ["a", "b", "c", "d"]) {
      answers.push(read(account));
      await turn();
    }
    expect(questions.map(({ accounts }) => accounts)).toEqual([["a"], ["b"]]);
    questions[0]?.answer();
    await turn();
    expect(questions[2]?.accounts).toEqual(["c", "d"]);
    for (const { answer } of questions) answer();
    await Promise.all(answers);
  });

  test("a question that fails fails for its own keys alone", async () => {
    const { questions, read } = slowDatabase();
    const first = expect(read("a")).rejects.toThrow("away");
    await turn();
    questions[0]?.fail(new Error("away"));
    await first;
    const second = read("b");
    await turn();
    questions[1]?.answer();
    expect((await second).status).toBe("NOT_FOUND");
  });
});
