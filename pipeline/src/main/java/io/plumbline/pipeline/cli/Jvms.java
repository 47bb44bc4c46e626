package io.plumbline.pipeline.cli;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JVMs of this machine, and how to load an agent into one. */
final class Jvms {
    /** What our agent sets in the JVM that it lives in. */
    private static final String INSTANCE = "plumbline.instance";

    /** Where it looks for the file that switches it off. */
    private static final String OFF_FILE = "plumbline.off-file";

    private Jvms() {}

    /** A JVM as its own command line tells it. */
    record Jvm(String pid, String program) {
        Map<String, Object> map() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("pid", pid);
            map.put("program", program);
            return map;
        }
    }

    /**
     * A JVM with our agent.
     *
     * @param before whether it had the agent before it was asked
     */
    record Attached(String instance, boolean before) {}

    /** Those that this user can see, but not this process itself. */
    static List<Jvm> list() {
        String self = Long.toString(ProcessHandle.current().pid());
        return VirtualMachine.list().stream()
                .filter(jvm -> !jvm.id().equals(self))
                .map(jvm -> new Jvm(jvm.id(), jvm.displayName()))
                .sorted(Comparator.comparing(jvm -> Long.parseLong(jvm.pid())))
                .toList();
    }

    /** Loads an agent, unless ours is there. */
    static Attached attach(long pid, Path jar, String arguments) {
        requireJvm(pid);
        try {
            VirtualMachine jvm = VirtualMachine.attach(Long.toString(pid));
            try {
                String present = jvm.getSystemProperties().getProperty(INSTANCE);
                if (present != null) {
                    return new Attached(present, true);
                }
                jvm.loadAgent(jar.toAbsolutePath().toString(), arguments);
                return new Attached(jvm.getSystemProperties().getProperty(INSTANCE, ""), false);
            } finally {
                jvm.detach();
            }
        } catch (AttachNotSupportedException | IOException e) {
            throw Failure.notSo("process " + pid + " does not let us in (" + e.getMessage()
                    + "); if it runs with -XX:+DisableAttachMechanism, start it with -javaagent:" + jar + "="
                    + arguments);
        } catch (AgentLoadException e) {
            throw Failure.notSo("process " + pid + " did not take the agent (" + e.getMessage()
                    + "); if it runs with -XX:-EnableDynamicAgentLoading, start it with -javaagent:" + jar + "="
                    + arguments);
        } catch (AgentInitializationException e) {
            throw Failure.notSo("the agent did not start in process " + pid + " (" + e.getMessage()
                    + "); what it said stands in that program's output");
        }
    }

    /**
     * The file that the agent of a JVM looks at.
     *
     * @throws IOException when the JVM does not answer, or belongs to another user
     */
    static Path offFile(long pid) throws IOException {
        requireProcess(pid);
        if (!isListed(pid) && !hasJvmLibrary(pid)) {
            throw new IOException("it is not to be seen as a JVM of this user");
        }
        try {
            VirtualMachine jvm = VirtualMachine.attach(Long.toString(pid));
            try {
                String file = jvm.getSystemProperties().getProperty(OFF_FILE);
                if (file == null) {
                    throw Failure.notSo("process " + pid + " has no agent, so there is nothing to switch");
                }
                return Path.of(file);
            } finally {
                jvm.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static ProcessHandle requireProcess(long pid) {
        return ProcessHandle.of(pid)
                .orElseThrow(() -> Failure.notSo("there is no process " + pid + "; " + Folders.launcher()
                        + " attach, without a number, lists the JVMs"));
    }

    /** To attach sends a signal that ends what is no JVM, so be sure first. */
    private static void requireJvm(long pid) {
        ProcessHandle process = requireProcess(pid);
        String owner = process.info().user().orElse("");
        String user = System.getProperty("user.name");
        if (!owner.isEmpty() && !owner.equals(user)) {
            throw Failure.notSo("process " + pid + " belongs to " + owner + "; attach as that user: sudo -u " + owner
                    + " " + Folders.launcher() + " attach " + pid + " --kafka HOST:PORT");
        }
        if (!isListed(pid) && !hasJvmLibrary(pid)) {
            throw Failure.notSo(
                    "process " + pid + " (" + process.info().command().orElse("of unknown program") + ") is no JVM; "
                            + Folders.launcher() + " attach, without a number, lists those there are");
        }
    }

    private static boolean isListed(long pid) {
        return VirtualMachine.list().stream().map(VirtualMachineDescriptor::id).anyMatch(Long.toString(pid)::equals);
    }

    /** For JVMs that hide from the list (-XX:-UsePerfData). */
    private static boolean hasJvmLibrary(long pid) {
        try (var maps = Files.lines(Path.of("/proc/" + pid + "/maps"))) {
            return maps.anyMatch(line -> line.endsWith("/libjvm.so"));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }
}
