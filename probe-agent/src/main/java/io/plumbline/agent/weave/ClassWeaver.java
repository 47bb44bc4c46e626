package io.plumbline.agent.weave;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

/**
 * Puts calls at all sites of some lines into one class. Methods without such a line are copied byte for byte. Frames are
 * neither computed nor merged, so no class is ever loaded.
 */
final class ClassWeaver {
    private static final String BRIDGE = "io/plumbline/agent/bridge/Bridge";

    private final byte[] original;
    private final ClassReader reader;
    private final SiteCall siteCall;

    /** Sites are called as in a class that sees the bridge. */
    ClassWeaver(byte[] original) {
        this(original, isOld(original) ? new SiteCall.ToStub() : new SiteCall.Dynamic(BRIDGE));
    }

    ClassWeaver(byte[] original, SiteCall siteCall) {
        this.original = original;
        this.reader = new ClassReader(original);
        this.siteCall = siteCall;
    }

    /**
     * @param bytes of the class with the calls; the original where it has no site
     * @param sites in the order of the bytecode
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    record Result(byte[] bytes, List<WovenSite> sites) {}

    String className() {
        return reader.getClassName().replace('/', '.');
    }

    /** Whether a class file is from before Java 7: it can't hold {@code invokedynamic} and need not have frames. */
    static boolean isOld(byte[] classFile) {
        int major = (classFile[6] & 0xFF) << 8 | (classFile[7] & 0xFF);
        return major < Opcodes.V1_7;
    }

    /**
     * Weaves.
     *
     * @param lines whose sites are wanted
     * @param ids gives each site its number
     */
    Result weave(Collection<Integer> lines, ToIntFunction<SiteKey> ids) {
        Set<String> methods = methodsWith(lines);
        if (methods.isEmpty()) {
            return new Result(original, List.of());
        }
        List<WovenSite> sites = new ArrayList<>();
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
                        if (!methods.contains(name + descriptor)) {
                            return next;
                        }
                        return new MethodNode(Opcodes.ASM9, access, name, descriptor, signature, exceptions) {
                            @Override
                            public void visitEnd() {
                                sites.addAll(weave(this, lines, ids));
                                accept(next);
                            }
                        };
                    }
                },
                ClassReader.EXPAND_FRAMES);
        return new Result(sites.isEmpty() ? original : writer.toByteArray(), sites);
    }

    private List<WovenSite> weave(MethodNode method, Collection<Integer> lines, ToIntFunction<SiteKey> ids) {
        MethodModel model = new MethodModel(frames(method), method);
        SiteInserter inserter = new SiteInserter(method, model, siteCall);
        SiteFinder finder = new SiteFinder(model);
        Variables variables = new Variables(reader.getClassName(), method, model);
        Map<SiteFinder.Site, WovenSite> woven = new LinkedHashMap<>();
        SortedSet<Integer> here = model.lines();
        here.retainAll(lines);
        for (int line : here) {
            int ordinal = 0;
            for (SiteFinder.Site site : finder.find(line)) {
                SiteKey key = new SiteKey(method.name + method.desc, line, ordinal++);
                woven.put(site, new WovenSite(key, ids.applyAsInt(key), variables.at(site.instruction())));
            }
        }
        // only now, for inserting leads jumps elsewhere, and the model would not know where
        woven.forEach((site, wovenSite) -> inserter.insert(site, wovenSite.layout(), wovenSite.id()));
        return new ArrayList<>(woven.values());
    }

    /** The JVM hands out its own classes without stack maps once they were retransformed, as it does not verify them. */
    private Frames frames(MethodNode method) {
        boolean written = !isOld(original) && SiteInserter.hasFrames(method);
        return written ? new WrittenFrames(reader.getClassName()) : new InferredFrames(reader.getClassName());
    }

    private Set<String> methodsWith(Collection<Integer> lines) {
        Set<String> methods = new HashSet<>();
        new LineScan(reader).scan((method, line) -> {
            if (lines.contains(line)) {
                methods.add(method);
            }
        });
        return methods;
    }

    /** All lines that have code a probe can stand at. */
    SortedSet<Integer> lines() {
        SortedSet<Integer> lines = new TreeSet<>();
        new LineScan(reader).scan((method, line) -> lines.add(line));
        return lines;
    }

    /** The lines that one method has code at. */
    SortedSet<Integer> linesOf(String wanted) {
        SortedSet<Integer> lines = new TreeSet<>();
        new LineScan(reader).scan((method, line) -> {
            if (method.equals(wanted)) {
                lines.add(line);
            }
        });
        return lines;
    }

    /** Every site of every line, without weaving. */
    List<WovenSite> allSites() {
        List<WovenSite> sites = new ArrayList<>();
        SortedSet<Integer> lines = lines();
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        if (!LineScan.isProbed(access)) {
                            return null;
                        }
                        return new MethodNode(Opcodes.ASM9, access, name, descriptor, signature, exceptions) {
                            @Override
                            public void visitEnd() {
                                sites.addAll(listed(this, lines));
                            }
                        };
                    }
                },
                ClassReader.EXPAND_FRAMES);
        return sites;
    }

    private List<WovenSite> listed(MethodNode method, Collection<Integer> lines) {
        try {
            return weave(method, lines, key -> 0);
        } catch (MethodRefusedException e) {
            return List.of();
        }
    }

    /** Walks the line tables of those methods that can be probed. */
    private record LineScan(ClassReader reader) {

        interface Found {
            void line(String method, int line);
        }

        /** Bridges repeat the method they lead to and are left out. */
        static boolean isProbed(int access) {
            return (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_BRIDGE)) == 0;
        }

        void scan(Found found) {
            reader.accept(
                    new ClassVisitor(Opcodes.ASM9) {
                        @Override
                        public MethodVisitor visitMethod(
                                int access, String name, String descriptor, String signature, String[] exceptions) {
                            if (!isProbed(access)) {
                                return null;
                            }
                            return new MethodVisitor(Opcodes.ASM9) {
                                @Override
                                public void visitLineNumber(int line, Label start) {
                                    found.line(name + descriptor, line);
                                }
                            };
                        }
                    },
                    ClassReader.SKIP_FRAMES);
        }
    }
}
