package io.plumbline.agent.weave;

import io.plumbline.agent.compile.HitCompiler;
import io.plumbline.config.wire.ClassFileReply;
import io.plumbline.config.wire.CodeRequest;
import io.plumbline.config.wire.GzippedText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Hands out the class file of a running class and of those nested in it, as the JVM runs them but without sites of ours. Bounded: nested
 * classes that make it more than {@link #MAX_BYTES}, or more than fits into a record of Kafka, are named and left out. A class that redaction
 * hides is not handed out. Control thread only.
 */
final class ClassFileReader {
    static final int MAX_BYTES = 1 << 20;

    /** Packed; what Kafka takes by default is a mebibyte. */
    private static final int MAX_CHARS = 900_000;

    private final LoadedClasses loaded;
    private final RunningBytes running;
    private final HitCompiler compiler;

    ClassFileReader(LoadedClasses loaded, RunningBytes running, HitCompiler compiler) {
        this.loaded = loaded;
        this.running = running;
        this.compiler = compiler;
    }

    ClassFileReply read(CodeRequest request, CodeRequest.ClassFile asked) {
        RunningBytes.Meant meant = running.of(asked.type());
        if (meant.problem() != null) {
            return ClassFileReply.without(request, meant.problem());
        }
        List<Class<?>> family = family(meant.bytes());
        if (family.isEmpty()) {
            return ClassFileReply.without(
                    request,
                    meant.isLoaded()
                            ? "the JVM does not hand out the class file of " + asked.type()
                            : loaded.absence(asked.type()));
        }
        Class<?> outer = family.get(0);
        if (compiler.hidesType(outer)) {
            return ClassFileReply.without(
                    request,
                    outer.getName() + " is hidden by redaction, and so is its class file; the agent's settings"
                            + " plumbline.redaction.reveal-types and plumbline.redaction.types say what is hidden");
        }
        return asked.bytes()
                ? packed(request, meant.bytes(), family)
                : reply(request, meant.bytes(), outer, Map.of(), List.of(), "");
    }

    /** Those of the loader of the outermost, it first. */
    private static List<Class<?>> family(Map<Class<?>, byte[]> bytes) {
        List<Class<?>> all = new ArrayList<>(bytes.keySet());
        all.sort(Comparator.comparingInt((Class<?> type) -> type.getName().length())
                .thenComparing(Class::getName));
        all.removeIf(type -> type.getClassLoader() != all.get(0).getClassLoader());
        return all;
    }

    private ClassFileReply packed(CodeRequest request, Map<Class<?>, byte[]> bytes, List<Class<?>> family) {
        Map<String, String> files = new LinkedHashMap<>();
        List<String> left = new ArrayList<>();
        int size = 0;
        int chars = 0;
        for (Class<?> type : family) {
            String packed = GzippedText.of(bytes.get(type));
            boolean fits = size + bytes.get(type).length <= MAX_BYTES && chars + packed.length() <= MAX_CHARS;
            if (!fits && files.isEmpty()) {
                return ClassFileReply.without(
                        request,
                        "the class file of " + type.getName() + " has " + bytes.get(type).length
                                + " bytes, more than the " + MAX_BYTES + " that are handed out; name its source with"
                                + " control.source.folders, git or jars");
            }
            if (fits && !compiler.hidesType(type)) {
                files.put(type.getName(), packed);
                size += bytes.get(type).length;
                chars += packed.length();
            } else {
                left.add(type.getName());
            }
        }
        return reply(request, bytes, family.get(0), files, left, "");
    }

    private static ClassFileReply reply(
            CodeRequest request,
            Map<Class<?>, byte[]> bytes,
            Class<?> outer,
            Map<String, String> files,
            List<String> left,
            String problem) {
        String file = ClassFiles.sourceFile(bytes.get(outer));
        return new ClassFileReply(
                request.id(),
                request.instance(),
                outer.getName(),
                file == null ? "" : file,
                files,
                left.subList(0, Math.min(left.size(), 100)),
                problem);
    }
}
