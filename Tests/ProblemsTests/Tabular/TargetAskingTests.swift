import Problems
import Testing

@Suite("Advice to who asks for targets by an option")
struct TargetAskingTests {
  @Test(
    "speaks of the option, and of no key that it does not have",
    arguments: [
      (
        .column(file: "d.csv", name: "y", .noLabels),
        "d.csv: column 'y': every label is missing; leave the column out of --targets"
      ),
      (
        .column(file: "d.csv", name: "y", .oneClass("a")),
        "d.csv: column 'y': every label is 'a', a classification needs two classes; leave the column "
          + "out of --targets"
      ),
      (
        .column(file: "d.csv", name: "y", .constant("7")),
        "d.csv: column 'y': every value is 7, there is nothing to predict; leave the column out of "
          + "--targets"
      ),
      (
        .column(file: "d.csv", name: "y", .notBinary(classes: ["a", "b", "c"])),
        "d.csv: column 'y': kind binary, but 3 classes: a, b, c; write 'y:multiclass', or correct the "
          + "cells"
      ),
      (
        .column(file: "d.csv", name: "y", .tooManyClasses(limit: 1000)),
        "d.csv: column 'y': more than 1000 different texts, these are no classes; leave the column out "
          + "of --targets"
      ),
      (
        .column(file: "d.csv", name: "y", .names(count: 60, rows: 60)),
        "d.csv: column 'y': 60 different texts in 60 rows are names or free text, not classes; leave "
          + "the column out of --targets, or write 'y:multiclass'"
      ),
      (
        .column(file: "d.csv", name: "y", .dates(example: "14:10")),
        "d.csv: column 'y': dates or times such as '14:10', not classes; leave the column out of "
          + "--targets, write them as numbers, or write 'y:multiclass'"
      ),
      (
        .column(file: "d.csv", name: "y", .runningNumber),
        "d.csv: column 'y': counts the rows one by one, an id and nothing to predict; leave the column "
          + "out of --targets, or write 'y:regression'"
      ),
      (
        .column(file: "d.csv", name: "y", .identifier),
        "d.csv: column 'y': another whole number in every row, an id by its name; leave the column out "
          + "of --targets, or write 'y:regression'"
      ),
      (
        .column(file: "d.csv", name: "y", .noLabelsInPart(part: "test")),
        "d.csv: column 'y': no label in the test part; give that part rows with a label, or leave the "
          + "column out of --targets"
      ),
      (
        .column(file: "d.csv", name: "y", .constantTraining),
        "d.csv: column 'y': all labels of the training part are alike; give that part rows with "
          + "another, or leave the column out of --targets"
      ),
      (
        .cell(file: "d.csv", line: 2, column: "y", .notNumber("abc", nil, isInput: false)),
        "d.csv:2: column 'y': expected a number, found 'abc'; if it marks a missing value, leave the "
          + "cell empty; if these are classes, write 'y:multiclass'"
      ),
      (
        .split(file: "d.csv", .tooFewRows(rows: 2, part: "training", needed: 3)),
        "d.csv: 2 rows with a label are too few: the training part needs at least 3; add rows"
      ),
      (
        .split(file: "d.csv", .emptyPart(column: "split", part: "test", needed: 1)),
        "d.csv: column 'split' must put at least 1 labelled row into test; correct it"
      ),
    ] as [(CSVError, String)]
  )
  func option(_ error: CSVError, _ message: String) {
    #expect(error.description(for: .option("--targets")) == message)
  }
}
