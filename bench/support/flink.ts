import { execFile, execFileSync } from "node:child_process";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const FOLDER = join(import.meta.dirname, "../flink");
const CACHE = join(import.meta.dirname, "../../artifacts/bench/flink");
const TIMEOUT_MS = 600_000;
const OLDEST_JAVA = 11;
const run = promisify(execFile);

/** Why Flink cannot run here; null when it can. */
export function flinkIsMissing(): string | null {
  const java = versionOf("java", ["-version"]);
  if (java === null) return "there is no Java (17 is wanted)";
  if (java < OLDEST_JAVA || java > 17) return `Flink 1.20 runs on Java 11 to 17, here is ${java}`;
  return versionOf("mvn", ["-v"]) === null ? "there is no Maven, which fetches Flink" : null;
}

/** Java writes its version to stderr. */
function versionOf(command: string, args: string[]): number | null {
  try {
    const text = execFileSync("/bin/sh", ["-c", `${command} ${args.join(" ")} 2>&1`], { encoding: "utf8" });
    return Number(/(\d+)\.\d+/.exec(text)?.[1] ?? 0);
  } catch {
    return null;
  }
}

/** Fetches Flink's jars from Maven Central where they are not yet here; answers the class path. */
export async function fetchFlink(): Promise<string> {
  const file = join(CACHE, "classpath.txt");
  await mkdir(CACHE, { recursive: true });
  const args = ["-q", "-B", "-f", join(FOLDER, "pom.xml"), "dependency:build-classpath"];
  await run("mvn", [...args, `-Dmdep.outputFile=${file}`], { timeout: TIMEOUT_MS });
  return (await readFile(file, "utf8")).trim();
}

/** The orders job on one file into the tables flink_hour_last and flink_hour_gross; answers the JVM's CPU seconds. */
export async function runOrdersJob(
  classPath: string,
  options: { readonly file: string; readonly databaseUrl: string; readonly zone: string },
): Promise<number> {
  const url = new URL(options.databaseUrl);
  const variables = {
    file: `file://${options.file}`,
    jdbcUrl: `jdbc:postgresql://${url.host}${url.pathname}`,
    user: url.username,
    password: url.password,
    zone: options.zone,
  };
  const args = ["-Xmx3g", "-cp", classPath, join(FOLDER, "RunSql.java"), join(FOLDER, "orders.sql")];
  const given = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  const { stdout } = await run("java", [...args, ...given], { timeout: TIMEOUT_MS, maxBuffer: 2 ** 26 });
  const nanoseconds = /cpu_nanoseconds=(\d+)/.exec(stdout)?.[1];
  if (nanoseconds === undefined) throw new Error(`the Flink job did not end as it should: ${stdout}`);
  return Number(nanoseconds) / 1e9;
}
