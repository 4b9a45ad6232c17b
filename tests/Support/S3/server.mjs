// An S3-compatible server for tests: node server.mjs FOLDER. It prints its port, and ends when its input closes.
import S3rver from "s3rver";

const server = new S3rver({
  address: "127.0.0.1",
  port: 0,
  silent: true,
  directory: process.argv[2],
  configureBuckets: [{ name: "itwin" }],
});
const { port } = await server.run();
console.log(port);
process.stdin.resume().on("end", () => process.exit(0));
