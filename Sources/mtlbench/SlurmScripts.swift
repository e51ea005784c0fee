internal import Settings

/// The scripts that run a round of a suite as an array job of Slurm, and merge it behind.
struct SlurmScripts {
  /// The suite's name and file, from the root.
  let name: String
  let suite: String
  /// The program's file, from the root.
  let program: String
  let shardCount: Int
  /// Where everything goes, from the root.
  let folder: String
  /// Options of sbatch.
  let options: String

  /// The folder of scripts, logs and the shards' databases.
  var shardFolder: String { folder + "/shards" }
  var database: String { folder + "/mtlbench.sqlite" }
  var arrayPath: String { shardFolder + "/array.sh" }
  var mergePath: String { shardFolder + "/merge.sh" }
  var submitPath: String { shardFolder + "/submit.sh" }

  private static func line(_ words: [String]) -> String {
    words.map { ShellWord.of($0) }.joined(separator: " ")
  }

  /// Each task replaces its shell, so that the warning before a time limit reaches mtlbench, which stops
  /// as at Ctrl-C.
  var array: String {
    """
    #!/bin/bash
    #SBATCH --job-name=\(jobName)
    #SBATCH --array=0-\(shardCount - 1)
    #SBATCH --requeue
    #SBATCH --signal=B:TERM@60
    #SBATCH --output=\(log("task-%a"))
    exec \(Self.line([program, "run", suite, "--quiet", "--after", database, "--shard"])) \\
      "$SLURM_ARRAY_TASK_ID/\(shardCount)" --db \(ShellWord.of(shardFolder))/"$SLURM_ARRAY_TASK_ID.sqlite"

    """
  }

  /// Runs when all tasks have ended, however they did.
  var merge: String {
    """
    #!/bin/bash
    #SBATCH --job-name=\(jobName)-merge
    #SBATCH --output=\(log("merge"))
    #SBATCH --open-mode=append
    exec \(Self.line(again))

    """
  }

  /// The command that goes on from what is stored.
  private var again: [String] {
    [
      program, "submit", suite, "--shards", "\(shardCount)", "--out", folder, "--sbatch-options",
      options, "--after-round",
    ]
  }

  /// Hands both to Slurm.
  var submit: String {
    """
    #!/bin/sh
    set -e
    leave() {
      echo "$1; type this where Slurm is: sh \(ShellWord.of(submitPath))" >&2
      exit 1
    }
    command -v sbatch > /dev/null || leave "there is no sbatch here"
    array=$(sbatch --parsable \(options) \(ShellWord.of(arrayPath))) || leave "sbatch took no job"
    merge=$(sbatch --parsable \(options) --dependency=afterany:"$array" \(ShellWord.of(mergePath))) \\
      || leave "sbatch took array job $array and not the merge behind it: scancel $array first"
    echo "array job $array, then job $merge merges and goes on, in \(folder)"

    """
  }

  /// A log as Slurm reads its name, in quotes where a shell needs them; % begins what it fills in.
  private func log(_ name: String) -> String {
    ShellWord.of(shardFolder.replacing("%", with: "%%") + "/\(name).log")
  }

  /// Letters that need no quotes in a comment of Slurm's.
  private var jobName: String {
    "mtlbench-" + name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
  }
}
