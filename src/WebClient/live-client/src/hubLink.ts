import { type HubConnection, HubConnectionBuilder, HubConnectionState, HttpTransportType, LogLevel } from "@microsoft/signalr";
import { BackOff, type BackOffOptions } from "./backOff.js";
import type { ConnectionState, ConnectionStateChange } from "./connectionState.js";
import { Deferred } from "./deferred.js";
import { LiveError, unwrap } from "./liveError.js";
import { LiveEvent } from "./liveEvent.js";
import { orAborted, pause } from "./pause.js";
import { refusedStatus } from "./refusedStatus.js";

/** Options of a link. */
export interface HubLinkOptions {
  /** Called for each attempt to connect, so that a token that ran out is replaced. */
  accessToken?: () => string | Promise<string>;
  /** Pauses between attempts to connect. */
  backOff?: BackOffOptions;
}

/** What is to be done on each new connection before anybody may use it. If it throws, another connection is tried. */
type Resumer = () => Promise<void>;

/** How often a call is repeated that the server refuses for the moment: some 20 s. */
const mostRepeats = 10;

/** The connection broke while a call ran: whether the server did it is unknown. */
class ConnectionLostError extends Error {
  public override readonly name = "ConnectionLostError";
}

/** The connection to the hub, which comes back by itself until it is closed. Knows nothing of iModels. */
export class HubLink {
  public readonly onStateChanged = new LiveEvent<ConnectionStateChange>();
  private readonly _hub: HubConnection;
  private readonly _backOff: BackOff;
  private _resume: Resumer = async () => Promise.resolve();
  private readonly _closing = new AbortController();
  private _state: ConnectionState = "connecting";
  /** Counts connections: a call whose number has passed when it fails was cut off and not answered. */
  private _generation = 0;
  private _ready = new Deferred<undefined>();
  private _wake = new AbortController();

  public constructor(private readonly _url: URL, private readonly _options: HubLinkOptions) {
    this._backOff = new BackOff(_options.backOff);
    this._hub = new HubConnectionBuilder()
      .withUrl(_url.href, {
        // Without negotiation: behind a load balancer the second request could reach another server than the first.
        transport: HttpTransportType.WebSockets, skipNegotiation: true, withCredentials: false,
        accessTokenFactory: _options.accessToken,
      })
      .configureLogging(LogLevel.None)
      .build();
    this._hub.onclose((error) => this._lost(error));
  }

  public get state(): ConnectionState {
    return this._state;
  }

  /** Aborted when the application closes the connection. */
  public get closed(): AbortSignal {
    return this._closing.signal;
  }

  /** Connects for the first time. Throws LiveError if the server answers that it will not have us; waits for one that is not there. */
  public async start(signal?: AbortSignal): Promise<void> {
    const running = this._connect(true);
    try {
      await orAborted(running, signal);
    } catch (error) {
      await this.close();
      await running.catch(() => undefined);
      throw error;
    }
  }

  /** Ends it for good. */
  public async close(): Promise<void> {
    if (this._closing.signal.aborted) return;
    this._closing.abort(new Error("The connection was closed."));
    this._change({ state: "closed" });
    this._ready.reject(this._closing.signal.reason);
    await this._hub.stop();
  }

  /** Tries to connect now if it waits to: when the network is known to be back. */
  public wake(): void {
    this._wake.abort();
  }

  /** Calls the handler for the server's messages of that name. */
  public on(message: string, handler: (...values: never[]) => void): void {
    this._hub.on(message, handler);
  }

  /** Names what runs on every later connection before it counts as connected. */
  public onResume(resume: Resumer): void {
    this._resume = resume;
  }

  /** Connects anew. */
  public async restart(): Promise<void> {
    await this._hub.stop();
    await this.ready();
  }

  /**
   * Calls a method of the hub. The call is repeated when the connection broke before the answer came, so that it must be safe to repeat, and
   * when the server answers that the iModel's owner moved or is busy. Throws LiveError if it is refused.
   */
  public async call<T>(method: string, values: readonly unknown[], signal?: AbortSignal): Promise<T> {
    const backOff = new BackOff(this._options.backOff);
    for (let refusals = 0; ; ) {
      await orAborted(this._ready.promise, signal);
      try {
        return await orAborted(this.callOnce<T>(method, values), signal);
      } catch (error) {
        if (!(error instanceof ConnectionLostError) && !(isPassing(error) && ++refusals <= mostRepeats)) throw error;
        await pause(backOff.next(), signal ?? this.closed);
      }
    }
  }

  /** Calls a method of the hub on the connection that there is. */
  public async callOnce<T>(method: string, values: readonly unknown[]): Promise<T> {
    this.closed.throwIfAborted();
    const generation = this._generation;
    try {
      return unwrap(await this._hub.invoke<T>(method, ...values));
    } catch (error) {
      this.closed.throwIfAborted();
      if (generation !== this._generation || this._hub.state !== HubConnectionState.Connected) throw new ConnectionLostError((error as Error).message);
      throw error instanceof LiveError ? error : new LiveError({ name: "Failed", message: hubMessage(error) });
    }
  }

  /** Waits until it is connected. */
  public async ready(signal?: AbortSignal): Promise<void> {
    await orAborted(this._ready.promise, signal);
  }

  /** Sends a message that is lost when there is no connection. */
  public send(method: string, ...values: unknown[]): void {
    if (this._hub.state === HubConnectionState.Connected) this._hub.send(method, ...values).catch(() => undefined);
  }

  private async _connect(isFirst: boolean): Promise<void> {
    for (;;) {
      await this._pauseBeforeNextAttempt();
      const generation = this._generation;
      try {
        await this._hub.start();
        if (!isFirst) await this._resume();
        // It may have broken again in between; then `_lost` has another attempt running.
        if (generation !== this._generation) return;
        this._backOff.reset();
        this._change({ state: "connected" });
        this._ready.resolve(undefined);
        return;
      } catch (error) {
        this.closed.throwIfAborted();
        if (generation !== this._generation) return;
        if (isFirst) await this._throwIfRefused(error as Error);
        this._change({ state: this._state, error: error as Error });
        // Resuming failed on a good connection: `_lost` goes on with another one.
        if (this._hub.state === HubConnectionState.Connected) {
          await this._hub.stop();
          return;
        }
      }
    }
  }

  private async _pauseBeforeNextAttempt(): Promise<void> {
    const retryIn = this._backOff.next();
    if (retryIn === 0) return;
    this._change({ state: this._state, retryIn });
    this._wake = new AbortController();
    await pause(retryIn, AbortSignal.any([this._wake.signal, this.closed])).catch(() => undefined);
    this.closed.throwIfAborted();
  }

  /** A browser does not say why a WebSocket did not open; an HTTP request to the same address does. */
  private async _throwIfRefused(error: Error): Promise<void> {
    const status = await refusedStatus(this._url, this._options.accessToken, this.closed);
    if (status !== undefined) throw new LiveError({ name: "Failed", message: `The server refused the connection (${status}): ${error.message}`, errorNumber: status });
  }

  private _lost(error: Error | undefined): void {
    this._generation++;
    if (this.closed.aborted) return;
    if (this._state === "connected") this._ready = new Deferred();
    this._change({ state: this._state === "connecting" ? "connecting" : "reconnecting", error });
    this._connect(false).catch(() => undefined);
  }

  private _change(change: ConnectionStateChange): void {
    this._state = change.state;
    this.onStateChanged.raise(change);
  }
}

/** Refusals that go away by themselves. */
function isPassing(error: unknown): boolean {
  return error instanceof LiveError && (error.is("Moved") || error.is("Busy"));
}

/** SignalR puts its own words before the server's. */
function hubMessage(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/^.*?HubException: /, "");
}
