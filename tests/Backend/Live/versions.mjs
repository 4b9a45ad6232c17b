// Opens a version with iTwin.js, and applies changesets to an older one: node versions.mjs PEER OLDER NEWER CHANGESETS.json
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [peer, older, newer, list] = process.argv.slice(2);
const require = createRequire(path.join(peer, "server.mjs"));
const { IModelHost, IModelNative, SnapshotDb } = { ...require("@itwin/core-backend"), ...require(path.join(peer, "node_modules/@itwin/core-backend/lib/cjs/internal/NativePlatform.js")) };

await IModelHost.startup();
const snapshot = SnapshotDb.openFile(newer);
const elements = snapshot.withPreparedStatement("SELECT COUNT(*) FROM bis.Element", (statement) => {
  statement.step();
  return statement.getValue(0).getInteger();
});
const changeset = snapshot.changeset.id;
snapshot.close();

const readWrite = 2, briefcaseId = 2;
const briefcase = new IModelNative.platform.DgnDb();
briefcase.openIModel(older, readWrite);
briefcase.resetBriefcaseId(briefcaseId);
briefcase.saveChanges();
for (const props of JSON.parse(fs.readFileSync(list, "utf8")))
  briefcase.applyChangeset(props, false);
briefcase.saveChanges();
briefcase.closeFile();
await IModelHost.shutdown();
console.log(JSON.stringify({ elements, changeset }));
