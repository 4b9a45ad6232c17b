import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/** Forwards connections to a port, and can cut them: at once, or when the server has done what was asked but before its answer arrives. */
export class CuttingProxy {
  private readonly _server: Server;
  private readonly _sockets = new Set<Socket>();
  private _isDeaf = false;

  private constructor(private readonly _target: number) {
    this._server = createServer((client) => this._forward(client));
  }

  public static async start(target: number): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(target);
    proxy._server.listen(0, "127.0.0.1");
    await once(proxy._server, "listening");
    return proxy;
  }

  public get url(): string {
    return `http://127.0.0.1:${(this._server.address() as { port: number }).port}`;
  }

  /** From now on, whatever the server says next on a connection ends that connection instead of arriving. */
  public cutBeforeNextAnswer(): void {
    this._isDeaf = true;
  }

  public cut(): void {
    for (const socket of this._sockets) socket.destroy();
  }

  public async stop(): Promise<void> {
    this.cut();
    this._server.close();
    await once(this._server, "close");
  }

  private _forward(client: Socket): void {
    const server = connect(this._target, "127.0.0.1");
    for (const socket of [client, server]) {
      this._sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => {
        this._sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    client.on("data", (data) => server.write(data));
    server.on("data", (data) => {
      if (this._isDeaf) {
        this._isDeaf = false;
        client.destroy();
      } else {
        client.write(data);
      }
    });
  }
}
