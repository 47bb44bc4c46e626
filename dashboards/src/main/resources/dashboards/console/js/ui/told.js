// @ts-check

/** What went wrong, in the words of who said so. @param {unknown} problem */
export function told(problem) {
  return problem instanceof Error ? problem.message : String(problem);
}
