package io.plumbline.agent.weave;

import io.plumbline.config.code.OwnCode;
import io.plumbline.config.probe.Location;
import io.plumbline.config.text.Nearest;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Looks through the classes that the JVM has loaded. */
final class LoadedClasses {
    private static final int MAX_OFFERED = 3;

    private final Instrumentation instrumentation;

    LoadedClasses(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /**
     * Those that locations' types mean, in one pass; types without any are left out. Of the JDK's classes only those that are
     * named in full. For a source file's name the class's own name must tell: {@code Foo.java} means Foo and what is
     * nested in it, {@code Foo.kt} FooKt too.
     */
    Map<String, List<Class<?>>> meant(Set<String> types) {
        Map<String, List<Class<?>>> found = new LinkedHashMap<>();
        if (types.isEmpty()) {
            return found;
        }
        TypeIndex index = new TypeIndex(types);
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (loaded.isArray()) {
                continue;
            }
            for (String type : index.candidates(loaded.getName())) {
                if (means(type, loaded)) {
                    found.computeIfAbsent(type, any -> new ArrayList<>()).add(loaded);
                }
            }
        }
        return found;
    }

    private static boolean means(String type, Class<?> loaded) {
        String name = loaded.getName();
        if (loaded.isHidden()) {
            return isHiddenOf(type, name);
        }
        boolean eligible = Eligible.is(loaded.getClassLoader(), name);
        if (!eligible) {
            return name.equals(type);
        }
        if (JdkClasses.isLoader(loaded.getClassLoader())) {
            return JdkClasses.isNamed(type, name);
        }
        return ProbeTable.means(type, name, Location.isFile(type) ? fileOf(type, name) : List.of());
    }

    /** Named without what follows the slash, which differs with each run. Said to be none that can be probed. */
    private static boolean isHiddenOf(String type, String name) {
        return type.indexOf('.') >= 0
                && name.startsWith(type)
                && unnumbered(name.substring(0, name.indexOf('/'))).equals(unnumbered(type));
    }

    /** A name without the number that nameless classes end in. */
    static String unnumbered(String className) {
        int end = className.length();
        while (end > 0 && Character.isDigit(className.charAt(end - 1))) {
            end--;
        }
        boolean isNumbered = end > 0 && end < className.length() && className.charAt(end - 1) == '$';
        return isNumbered ? className.substring(0, end - 1) : className;
    }

    private static List<String> fileOf(String file, String className) {
        String simple = className.substring(className.lastIndexOf('.') + 1);
        boolean isNamedSo = classesOf(file).stream().anyMatch(name -> ProbeTable.means(name, simple, List.of()));
        return isNamedSo ? List.of(file) : List.of();
    }

    /** What compilers call the classes that they make from a file. */
    static List<String> classesOf(String file) {
        String base = file.substring(0, file.lastIndexOf('.'));
        return List.of(base, base + "Kt", base + "_jsp");
    }

    /** Loaded classes whose simple name is, or for the application's own nearly is, that of a type nobody has loaded. */
    List<String> like(String type) {
        String wanted = simple(Location.isFile(type) ? type.substring(0, type.lastIndexOf('.')) : type);
        TreeSet<String> like = new TreeSet<>(
                Comparator.comparingInt((String name) -> simple(name).equals(wanted) ? 0 : 1)
                        .thenComparing(Comparator.naturalOrder()));
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            String name = loaded.getName();
            boolean candidate = !loaded.isArray() && !loaded.isHidden() && Eligible.is(loaded.getClassLoader(), name);
            boolean isOfJdk = JdkClasses.isLoader(loaded.getClassLoader());
            if (candidate && (isOfJdk ? isPublicOfName(loaded, wanted) : isLike(name, wanted))) {
                like.add(name);
            }
        }
        return like.stream().limit(MAX_OFFERED).toList();
    }

    /** Says that nothing is loaded of a type, and what may have been meant. */
    String absence(String type) {
        return "no class " + (Location.isFile(type) ? "made from " : "") + type + " is loaded in this program"
                + offer(like(type));
    }

    /** How a message goes on that says a class is not loaded. */
    static String offer(List<String> like) {
        return like.isEmpty() ? "" : "; loaded and of a like name: " + String.join(", ", like);
    }

    /** Of the JDK only what a person would have meant. By the name alone: asking a class for its outer one may load classes. */
    private static boolean isPublicOfName(Class<?> loaded, String wanted) {
        return Modifier.isPublic(loaded.getModifiers())
                && simple(loaded.getName()).equals(wanted);
    }

    /** A library's class only if it has that very name: a slip of the pen is made in one's own classes. */
    private static boolean isLike(String name, String wanted) {
        return simple(name).equals(wanted) || OwnCode.contains(name) && isNear(simple(name), wanted);
    }

    private static boolean isNear(String name, String wanted) {
        if (Math.abs(name.length() - wanted.length()) > 2 || name.isEmpty() || wanted.isEmpty()) {
            return false;
        }
        return Nearest.to(wanted, List.of(name)).isPresent();
    }

    private static String simple(String className) {
        return className.substring(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
    }

    /** Those of some classes that a loader has loaded, by name. Runs no loader's code. */
    Map<String, Class<?>> find(ClassLoader loader, Set<String> classNames) {
        Map<String, Class<?>> found = new HashMap<>();
        for (Class<?> loaded : instrumentation.getInitiatedClasses(loader)) {
            if (loaded.getClassLoader() == loader && classNames.contains(loaded.getName())) {
                found.put(loaded.getName(), loaded);
            }
        }
        return found;
    }
}
