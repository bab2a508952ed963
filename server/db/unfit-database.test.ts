import { expect, test } from "vitest";
import { embeddedPlace, serverPlace, UnfitDatabase } from "./unfit-database.ts";

const told = (place: ReturnType<typeof serverPlace>) => new UnfitDatabase(place, "it holds a zoo").message;

test("an embedded database is told by DATA_DIR and by every folder that has to go", () => {
  expect(told(embeddedPlace("/srv/tw", "/srv/tw/postgres"))).toBe(
    "The database of DATA_DIR (/srv/tw) is not one that this build of Tidewatch can use: it holds a zoo. Nothing was changed. " +
      "Go on with the build that made it, or begin anew: set DATA_DIR to an empty folder, or remove /srv/tw, with all data, once nothing runs on it.",
  );
  expect(told(embeddedPlace("/srv/lin/tw", "/var/lib/tidewatch/data-0123/postgres"))).toContain(
    "remove /srv/lin/tw and /var/lib/tidewatch/data-0123, with all data",
  );
});

test("a server is told by its address, without the password", () => {
  const message = told(
    serverPlace("postgresql://tidewatch:secret@db.insurer.example:6432/tw?sslmode=require"),
  );
  expect(message).toMatch(
    /DATABASE_URL \(db\.insurer\.example:6432\/tw\).* set DATABASE_URL to an empty database/,
  );
  expect(message).not.toContain("secret");
});
