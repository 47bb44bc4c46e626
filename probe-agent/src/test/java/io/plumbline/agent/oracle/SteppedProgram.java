package io.plumbline.agent.oracle;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts the program that is stepped through. Its classes are loaded before, but not initialised: the debugger interface loses
 * initialisers that run straight after their class was loaded in the midst of a step.
 */
final class SteppedProgram {

    private SteppedProgram() {}

    /**
     * Runs.
     *
     * @param args the folder of its classes, the class to start, and whether to run it once before it is stepped through
     */
    public static void main(String[] args) throws Exception {
        ClassLoader loader = SteppedProgram.class.getClassLoader();
        Path folder = Path.of(args[0]);
        for (String name : classes(folder)) {
            Class.forName(name, false, loader);
        }
        Method main = Class.forName(args[1], false, loader).getMethod("main", String[].class);
        main.setAccessible(true); // the class need not be public
        if (Boolean.parseBoolean(args[2])) {
            main.invoke(null, (Object) new String[0]);
        }
        step(main);
    }

    /** Where the stepping begins. */
    private static void step(Method main) throws ReflectiveOperationException {
        main.invoke(null, (Object) new String[0]);
    }

    private static List<String> classes(Path folder) throws Exception {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.map(path -> folder.relativize(path).toString())
                    .filter(path -> path.endsWith(".class"))
                    .map(path ->
                            path.substring(0, path.length() - ".class".length()).replace('/', '.'))
                    .toList();
        }
    }
}
