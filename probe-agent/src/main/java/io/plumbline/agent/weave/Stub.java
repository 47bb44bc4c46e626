package io.plumbline.agent.weave;

import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/**
 * Writes the class that holds a site's {@code invokedynamic} where the woven class can't: a public class of its own in
 * the woven class's loader, called by a plain static call. It goes with the loader; the JIT sees through it.
 *
 * <p>For a class of the JDK the call stands behind the {@link io.plumbline.agent.bridge.Guard}, and {@link #WARM} runs it
 * once beforehand, so that nothing is left to be linked when a hit comes: linking itself runs through much of the JDK.
 */
final class Stub {
    static final String HIT = "hit";
    static final String WARM = "warm";

    private static final String PACKAGE = "io/plumbline/agent/door/";
    private static final Type GUARD = Type.getObjectType("io/plumbline/agent/bridge/Guard");
    private static final String LINK = "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;"
            + "Ljava/lang/invoke/MethodType;ILjava/lang/String;)Ljava/lang/invoke/CallSite;";

    private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES);
    private final int site;
    private final SiteLayout layout;
    private final String owner;
    private final Handle link;

    /**
     * @param owner the woven class, with dots
     * @param door internal name of the class that links
     */
    Stub(int site, SiteLayout layout, String owner, String door) {
        this.site = site;
        this.layout = layout;
        this.owner = owner;
        this.link = new Handle(Opcodes.H_INVOKESTATIC, door, "linkStub", LINK, false);
    }

    /** The internal name; a site whose variables change gets another stub. */
    static String nameOf(int site, SiteLayout layout) {
        return PACKAGE + "Stub" + site + "$"
                + Integer.toHexString(layout.descriptor().hashCode());
    }

    /** One method, which calls and returns. */
    byte[] plain() {
        begin();
        GeneratorAdapter code = method(HIT, layout.descriptor());
        call(code);
        return end(code);
    }

    /** A call that lets a thread in only once, and ends whatever is thrown. */
    byte[] guarded() {
        begin();
        GeneratorAdapter inner = method("call", layout.descriptor());
        call(inner);
        inner.returnValue();
        inner.endMethod();
        warm();
        return end(guard(method(HIT, layout.descriptor())));
    }

    private void begin() {
        writer.visit(
                Opcodes.V17,
                Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC,
                nameOf(site, layout),
                null,
                "java/lang/Object",
                null);
    }

    private byte[] end(GeneratorAdapter code) {
        code.returnValue();
        code.endMethod();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private GeneratorAdapter method(String name, String descriptor) {
        return new GeneratorAdapter(
                Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, new Method(name, descriptor), null, null, writer);
    }

    private void call(GeneratorAdapter code) {
        code.loadArgs(); // a1 … an
        code.invokeDynamic(HIT, layout.descriptor(), link, site, owner); //
    }

    private void warm() {
        GeneratorAdapter code = method(WARM, "()V");
        for (Type argument : Type.getArgumentTypes(layout.descriptor())) {
            Zeros.push(code, argument); // …, 0
        }
        own(code);
        code.returnValue();
        code.endMethod();
    }

    private void own(GeneratorAdapter code) {
        code.invokeStatic(Type.getObjectType(nameOf(site, layout)), new Method("call", layout.descriptor())); //
    }

    private GeneratorAdapter guard(GeneratorAdapter code) {
        int place = code.newLocal(Type.INT_TYPE);
        var closed = code.newLabel();
        code.invokeStatic(GUARD, Method.getMethod("int enter()")); // i
        code.storeLocal(place); //
        code.loadLocal(place); // i
        code.ifZCmp(Opcodes.IFLT, closed); //
        var leave = code.newLabel();
        var start = code.mark();
        code.loadArgs(); // a1 … an
        own(code); //
        var end = code.mark();
        code.goTo(leave);
        code.catchException(start, end, Type.getType(Throwable.class)); // t
        code.pop(); //
        code.mark(leave);
        code.loadLocal(place); // i
        code.invokeStatic(GUARD, Method.getMethod("void leave(int)")); //
        code.mark(closed);
        return code;
    }

    /** The zero of a type. */
    private static final class Zeros {
        private Zeros() {}

        static void push(GeneratorAdapter code, Type type) {
            switch (type.getSort()) {
                case Type.LONG -> code.push(0L);
                case Type.FLOAT -> code.push(0f);
                case Type.DOUBLE -> code.push(0d);
                case Type.OBJECT, Type.ARRAY -> code.push((String) null);
                default -> code.push(0);
            }
        }
    }
}
