package io.plumbline.agent.weave;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Classes compiled from text, in a class loader of their own. */
public final class Compiled extends ClassLoader {
    private final Map<String, byte[]> classes = new HashMap<>();

    /**
     * Compiles one source file.
     *
     * @param name full name of its public class
     * @param options of javac
     */
    public Compiled(String name, String source, String... options) {
        this(Compiled.class.getClassLoader(), compile(name, source, options));
    }

    /** A loader with given classes. */
    Compiled(ClassLoader parent, Map<String, byte[]> classes) {
        super("compiled", parent);
        this.classes.putAll(classes);
    }

    /** The bytes of all classes that the source gives, by name. */
    public static Map<String, byte[]> compile(String name, String source, String... options) {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        Map<String, ByteArrayOutputStream> out = new HashMap<>();
        JavaFileManager files = new ForwardingJavaFileManager<>(javac.getStandardFileManager(null, null, null)) {
            @Override
            public JavaFileObject getJavaFileForOutput(
                    Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
                return new SimpleJavaFileObject(URI.create("mem:///" + className + ".class"), kind) {
                    @Override
                    public OutputStream openOutputStream() {
                        return out.computeIfAbsent(className, any -> new ByteArrayOutputStream());
                    }
                };
            }
        };
        String path = name.replace('.', '/') + ".java";
        JavaFileObject text = new SimpleJavaFileObject(URI.create("mem:///" + path), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        if (!javac.getTask(null, files, null, List.of(options), null, List.of(text))
                .call()) {
            throw new IllegalArgumentException("does not compile: " + name);
        }
        Map<String, byte[]> classes = new HashMap<>();
        out.forEach((className, bytes) -> classes.put(className, bytes.toByteArray()));
        return classes;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    /** Calls a public static method without arguments. */
    public Object call(String className, String method) throws ReflectiveOperationException {
        return Class.forName(className, true, this).getMethod(method).invoke(null);
    }
}
