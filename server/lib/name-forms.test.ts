import { describe, expect, test } from "vitest";
import { comparableName, comparableSurname, comparableTelephone } from "./name-forms.ts";

test.each([
  ["王小明", "王小明"],
  [" 王　小 明 ", "王小明"],
  ["Ａnna  SMITH", "anna smith"],
  ["阿卜杜拉 • 买买提", "阿卜杜拉·买买提"],
  ["王\u200b小明", "王小明"],
])("the name %j is compared as %j", (name, comparable) => {
  expect(comparableName(name)).toBe(comparable);
});

test.each([
  ["王小明", "王"],
  ["欧阳娜娜", "欧阳"],
  ["欧阳", "欧"],
  ["諸葛亮", "諸葛"],
  ["Anna Maria Smith", "smith"],
  ["Smith, Anna", "smith"],
  ["阿卜杜拉·买买提", "买买提"],
  ["𠮷田", "𠮷"],
])("the surname of %j is %j", (name, surname) => {
  expect(comparableSurname(name)).toBe(surname);
});

describe("telephones", () => {
  test.each([
    ["13812345678"],
    ["138 1234 5678"],
    ["138-1234-5678"],
    ["+86 138 1234 5678"],
    ["+8613812345678"],
    ["0086 13812345678"],
    ["8613812345678"],
    ["（+86）13812345678".normalize("NFKC").replace("(+86)", "+86 ")],
    ["１３８１２３４５６７８"],
    ["13812345678 转 801"],
  ])("%s is one mobile number", (telephone) => {
    expect(comparableTelephone(telephone)).toBe("13812345678");
  });

  test.each([
    ["010-88880000", "01088880000"],
    ["+86 10 8888 0000", "01088880000"],
    ["+49 (0)30 123456", "+4930123456"],
    ["0049 30 123456", "+4930123456"],
  ])("%s is compared as %s", (telephone, comparable) => {
    expect(comparableTelephone(telephone)).toBe(comparable);
  });
});
