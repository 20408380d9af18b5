/** One line of progress, for people; standard output stays free for what a program prints. */
export const say = (line) => void process.stderr.write(`${line}\n`);

/** Ends a command with one sentence and exit code 1: a mistake a person can mend, so no stack trace. */
export class Refusal extends Error {}

/** Runs a command's main function; a Refusal is printed as its sentence. */
export const main = async (program) => {
  try {
    const code = await program();
    if (typeof code === 'number') process.exitCode = code;
  } catch (error) {
    say(error instanceof Refusal ? error.message : (error?.stack ?? String(error)));
    process.exitCode = 1;
  }
};
