import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, copyFile, mkdtemp, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** From the compiled test: the repository's folder. */
const repository = path.resolve(import.meta.dirname, "../../../../..");
const program = process.env.ITWIN_SERVER ?? path.join(repository, "src/Api/bin/Release/net10.0/ITwinOrleans.Api");

/** The sample iModel that allows editing. */
export const key = "edit.bim";

/** The product over a copy of the sample iModel, on a free port of loopback. */
export class Server {
  private _process?: ChildProcess;

  private constructor(public readonly port: number, private readonly _folder: string) {}

  public get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  public static async start(): Promise<Server> {
    const folder = await mkdtemp(path.join(tmpdir(), "itwin-live-client-"));
    await copyFile(path.join(await dataFolder(), key), path.join(folder, key));
    // The sample itself may be read-only.
    await chmod(path.join(folder, key), 0o600);
    const server = new Server(await freePort(), folder);
    await server.run();
    return server;
  }

  /** Starts it (again) and waits until it is ready. */
  public async run(): Promise<void> {
    const child = spawn(program, ["--data", this._folder, "--urls", this.url], { stdio: ["ignore", "pipe", "pipe"] });
    this._process = child;
    let output = "";
    const keep = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    // Readiness has no event across processes.
    for (let attempt = 0; !(await isReady(this.url)); attempt++) {
      if (child.exitCode !== null || attempt > 600) throw new Error(`The server did not become ready:\n${output}`);
      await pause(100);
    }
  }

  /** Ends it at once, as a crash would; its workers end with it. */
  public async kill(): Promise<void> {
    const child = this._process;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  public async stop(): Promise<void> {
    await this.kill();
    await rm(this._folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health/ready`)).ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as { port: number };
  listener.close();
  await once(listener, "close");
  return port;
}

/** `ITWIN_DATA`, or `shared/data` beside the repository or one of its parents. */
async function dataFolder(): Promise<string> {
  if (process.env.ITWIN_DATA) return process.env.ITWIN_DATA;
  for (let folder = repository; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const candidate = path.join(folder, "shared/data");
    if (await stat(candidate).catch(() => undefined)) return candidate;
  }
  throw new Error("There are no sample iModels: set ITWIN_DATA.");
}
