// Records what the Node.js backend answers, for ExpectedAnswersTests: node record.mjs PORT < cases.txt > answers.jsonl
// The peer must have the files of `files` open under the keys `${iModelId}:`. A case is a line: file interface operation parameters.
import readline from "node:readline";
import { createHash } from "node:crypto";

const port = process.argv[2];
const noITwin = "00000000-0000-0000-0000-000000000000";
const files = {
  "rich.bim": "23166185-f608-421e-95e3-5d4397faf5d1",
  "test.bim": "dbd4826b-4f72-423c-b4fa-ff8205f2bae7",
  "JoesHouse.bim": "2b382042-4a92-46a4-a3cf-db4b77085489",
  "ElementAspectTest.bim": "2eedea6a-6718-444f-a34e-4dde44cf4e87",
};
const versions = { IModelReadRpcInterface: "3.7.0", IModelTileRpcInterface: "3.2.0", ECSchemaRpcInterface: "2.0.0", DevToolsRpcInterface: "0.7.0" };
const maxBody = 12000;

for await (const line of readline.createInterface({ input: process.stdin })) {
  const match = /^(\S+) (\S+) (\S+) (.*)$/.exec(line);
  if (!match)
    continue;
  const [, file, name, operation, parameters] = match;
  const id = files[file];
  const token = JSON.stringify({ key: `${id}:`, iTwinId: noITwin, iModelId: id, changeset: { id: "", index: 0 } });
  const url = `http://127.0.0.1:${port}/t/1/mode/1/context/${noITwin}/imodel/${id}/changeset/0/${name}-${versions[name]}-${operation}`;
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "text/plain", "X-Correlation-Id": "11111111-1111-1111-1111-111111111111", "X-Protocol-Version": "2" },
    body: parameters.replaceAll("$token", token),
  });
  const body = Buffer.from(await response.arrayBuffer());
  const recorded = { file, name, operation, parameters, status: response.status };
  if (response.headers.get("content-type")?.includes("octet-stream"))
    recorded.sha256 = createHash("sha256").update(body).digest("hex");
  else if (body.length > maxBody)
    continue;
  else
    recorded.body = body.length === 0 ? null : JSON.parse(body.toString());
  console.log(JSON.stringify(recorded));
}
