/** Queries that work on every BIS iModel. */
export const sampleQueries: readonly { title: string; ecsql: string }[] = [
  { title: "Physical elements", ecsql: "SELECT ECInstanceId, UserLabel, Model.Id AS Model, Category.Id AS Category\nFROM bis.GeometricElement3d" },
  { title: "Elements per class", ecsql: "SELECT ec_classname(ECClassId, 's.c') AS Class, COUNT(*) AS Elements\nFROM bis.Element GROUP BY ECClassId ORDER BY 2 DESC" },
  { title: "Elements per category", ecsql: "SELECT c.CodeValue AS Category, COUNT(*) AS Elements\nFROM bis.GeometricElement3d e JOIN bis.SpatialCategory c ON c.ECInstanceId = e.Category.Id\nGROUP BY c.CodeValue ORDER BY 2 DESC" },
  { title: "Largest elements by height", ecsql: "SELECT ECInstanceId, UserLabel, BBoxHigh.Z - BBoxLow.Z AS Height\nFROM bis.GeometricElement3d ORDER BY 3 DESC" },
  { title: "Saved views", ecsql: "SELECT ECInstanceId, CodeValue, ec_classname(ECClassId, 'c') AS Class\nFROM bis.ViewDefinition" },
  { title: "Schemas", ecsql: "SELECT Name, VersionMajor || '.' || VersionWrite || '.' || VersionMinor AS Version, Description\nFROM meta.ECSchemaDef ORDER BY 1" },
  { title: "Classes of a schema", ecsql: "SELECT c.Name, c.DisplayLabel, c.Description\nFROM meta.ECClassDef c JOIN meta.ECSchemaDef s ON s.ECInstanceId = c.Schema.Id\nWHERE s.Name = 'BisCore' ORDER BY 1" },
];
