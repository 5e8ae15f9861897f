/** Why an archive can't be made. `damaged`: it would prove nothing, because the books themselves are not whole. */
export type ArchiveProblemCode = "empty" | "damaged";

export class ArchiveProblem extends Error {
  readonly problem: ArchiveProblemCode;

  constructor(problem: ArchiveProblemCode, detail = "") {
    super(detail === "" ? problem : `${problem}: ${detail}`);
    this.name = "ArchiveProblem";
    this.problem = problem;
  }
}
