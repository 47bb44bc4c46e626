package io.plumbline.agent.weave;

import io.plumbline.config.probe.Spot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodNode;

/**
 * Puts the calls of sites into one class. Methods without a site are copied byte for byte. Frames are neither computed nor
 * merged, so no class is ever loaded.
 */
final class ClassWeaver {
    private static final String BRIDGE = "io/plumbline/agent/bridge/Bridge";

    private final byte[] original;
    private final ClassReader reader;
    private final ClassScan scan;
    private final SiteCall siteCall;

    /** Sites are called as in a class that sees the bridge. */
    ClassWeaver(byte[] original) {
        this(original, ClassFiles.source(original, null), callFrom(original));
    }

    /**
     * @param source what the numbers of the line tables stand for
     */
    ClassWeaver(byte[] original, SourceLines source) {
        this(original, source, callFrom(original));
    }

    /**
     * @param siteCall how a site calls the agent
     */
    ClassWeaver(byte[] original, SourceLines source, SiteCall siteCall) {
        this.original = original;
        this.reader = new ClassReader(original);
        this.scan = new ClassScan(reader, source);
        this.siteCall = siteCall;
    }

    private static SiteCall callFrom(byte[] original) {
        return isOld(original) ? new SiteCall.ToStub() : new SiteCall.Dynamic(BRIDGE);
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

    /** What there is to be probed. */
    ClassScan scan() {
        return scan;
    }

    /** The same, for those who asked for something else. */
    ClassContents contents() {
        return new ClassContents(scan.linesOf(""), scan.methods());
    }

    /**
     * Weaves.
     *
     * @param ids gives each site its number
     */
    Result weave(Wishes wishes, ToIntFunction<SiteKey> ids) {
        Set<String> methods = methodsFor(wishes);
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
                                sites.addAll(weaver(this, ids).weave(wishes));
                                accept(next);
                            }
                        };
                    }
                },
                ClassReader.EXPAND_FRAMES);
        return new Result(sites.isEmpty() ? original : writer.toByteArray(), sites);
    }

    private MethodWeaver weaver(MethodNode method, ToIntFunction<SiteKey> ids) {
        return new MethodWeaver(
                reader.getClassName(), method, frames(method), scan.source(), siteCall, isOld(original), ids);
    }

    /** The JVM hands out its own classes without stack maps once they were retransformed, as it does not verify them. */
    private Frames frames(MethodNode method) {
        boolean written = !isOld(original) && SiteInserter.hasFrames(method);
        return written ? new WrittenFrames(reader.getClassName()) : new InferredFrames(reader.getClassName());
    }

    /** The methods that have something of what is wished for, by name and descriptor. */
    Set<String> methodsFor(Wishes wishes) {
        Set<String> methods = new HashSet<>();
        if (wishes.hasLines()) {
            scan.lines((method, line) -> {
                if (wishes.wantsLine(method, scan.source().file(line), SourceLines.line(line))) {
                    methods.add(method);
                }
            });
        }
        for (ClassContents.Method method : scan.methods()) {
            if (method.hasCode() && !wishes.spots(method.id()).isEmpty()) {
                methods.add(method.id());
            }
        }
        return methods;
    }

    /** Every site of every line and every other spot, without weaving. */
    List<Found> allSites() {
        List<Found> found = new ArrayList<>();
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        if (!ClassScan.isProbed(access)) {
                            return null;
                        }
                        return new MethodNode(Opcodes.ASM9, access, name, descriptor, signature, exceptions) {
                            @Override
                            public void visitEnd() {
                                found.addAll(listed(this));
                            }
                        };
                    }
                },
                ClassReader.EXPAND_FRAMES);
        return found;
    }

    private List<Found> listed(MethodNode method) {
        try {
            return weaver(method, key -> 0).all();
        } catch (MethodRefusedException e) {
            return List.of();
        }
    }

    /**
     * A site that could be woven.
     *
     * @param kind how it is arrived at
     */
    record Found(WovenSite site, ArrivalKind kind) {}

    /** All spots that are no lines. */
    static final List<Spot> MOMENTS = List.of(Wish.ENTRY, Wish.EXIT, Wish.ESCAPE, Wish.THROW, Wish.CATCH);

    /** The wish for everything that can be wished for in this class. */
    Wishes everything() {
        List<Wish> all = new ArrayList<>();
        scan.lines((method, line) -> {
            String file = scan.source().file(line);
            if (file != null) {
                all.add(new Wish(file, Optional.empty(), new Spot.Line(SourceLines.line(line)), false));
            }
        });
        MOMENTS.forEach(
                spot -> all.add(new Wish("", Optional.empty(), spot, spot == Wish.EXIT || spot == Wish.ESCAPE)));
        return Wishes.of(new HashSet<>(all));
    }
}
