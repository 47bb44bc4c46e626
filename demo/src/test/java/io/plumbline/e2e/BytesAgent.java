package io.plumbline.e2e;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** An agent of the test's own that writes down a class as the JVM has it, behind all other agents. */
public final class BytesAgent {

    private BytesAgent() {}

    /** Called by the JVM that is attached to. Arguments: class name, {@code |}, file. */
    public static void agentmain(String arguments, Instrumentation instrumentation) throws Exception {
        String[] parts = arguments.split("\\|");
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            if (type.getName().equals(parts[0])) {
                ClassFileTransformer writer = new Writer(type, Path.of(parts[1]));
                instrumentation.addTransformer(writer, true);
                try {
                    instrumentation.retransformClasses(type);
                } finally {
                    instrumentation.removeTransformer(writer);
                }
            }
        }
    }

    private static final class Writer implements ClassFileTransformer {
        private final Class<?> wanted;
        private final Path file;

        Writer(Class<?> wanted, Path file) {
            this.wanted = wanted;
            this.file = file;
        }

        @Override
        public byte[] transform(
                ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
            if (redefined == wanted) {
                try {
                    Files.write(file, bytes);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return null;
        }
    }

    /** Dumps a class of a running process into a file. */
    static void dump(long pid, String className, Path file, Path folder) throws Exception {
        Path jar = folder.resolve("bytes-agent.jar");
        if (!Files.exists(jar)) {
            write(jar);
        }
        VirtualMachine machine = VirtualMachine.attach(String.valueOf(pid));
        try {
            machine.loadAgent(jar.toString(), className + "|" + file);
        } finally {
            machine.detach();
        }
    }

    private static void write(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Agent-Class", BytesAgent.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (Class<?> type : new Class<?>[] {BytesAgent.class, Writer.class}) {
                String entry = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(entry));
                try (InputStream in = BytesAgent.class.getClassLoader().getResourceAsStream(entry)) {
                    in.transferTo(out);
                }
            }
        }
    }
}
