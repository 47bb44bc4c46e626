package io.plumbline.exporters.console;

import java.io.Console;

/** Whether a person is watching standard output. */
final class Terminal {

    private Terminal() {}

    @SuppressWarnings("SystemConsoleNull") // That it is never null from Java 22 on is what isTerminal is for.
    static boolean isThere() {
        Console console = System.console();
        return console != null && System.getenv("NO_COLOR") == null && isTerminal(console);
    }

    /** {@code Console.isTerminal()} where there is one (Java 22); before, a console always was a terminal. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
