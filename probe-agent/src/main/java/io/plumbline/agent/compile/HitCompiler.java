package io.plumbline.agent.compile;

import io.plumbline.agent.bridge.Lane;
import io.plumbline.agent.bridge.Series;
import io.plumbline.config.redaction.Redaction;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Consumer;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/**
 * Generates the code of one probe at one site: a static method of a hidden class beside the bridge, which goes with
 * the call sites that call it. The class names nothing but the JDK and the bridge, so it does not matter what the probed class's
 * loader can see; what is of the application travels as class data. Its steps are gate, condition, credit, actions, those behind the gate in
 * a method of their own; whatever is thrown ends in it.
 */
public final class HitCompiler {
    private static final String NAME = "hit";
    private static final String TAKEN = "taken";
    // HotSpot heeds these in hidden classes of the bootstrap loader, since JDK 15; it reads them by name
    private static final String INLINED = "Ljdk/internal/vm/annotation/ForceInline;";
    private static final String CALLED = "Ljdk/internal/vm/annotation/DontInline;";

    private final Fields fields;
    private final PureMethods methods;
    private final Redaction redaction;
    private final CallShapes shapes = new CallShapes();

    /**
     * @param opener opens the module of a class to the agent
     * @param redaction what no expression may read
     */
    public HitCompiler(Consumer<Class<?>> opener, Redaction redaction) {
        this.fields = new Fields(opener, redaction);
        this.methods = new PureMethods(fields);
        this.redaction = redaction;
    }

    /** Tells what an expression at a site may name. */
    public Completion completion(Scope scope) {
        return new Completion(scope, fields, methods);
    }

    /** Whether redaction keeps objects of a class from being read. */
    public boolean hidesType(Class<?> type) {
        return redaction.hidesType(type);
    }

    /** Whether redaction keeps what has this name from being read. */
    public boolean hidesName(String name) {
        return redaction.hidesName(name);
    }

    /**
     * The code of a probe at a site.
     *
     * @param type what the site hands over, references as Object; returns void
     * @throws RejectedException when an expression does not fit this site
     */
    public MethodHandle compile(MethodType type, Scope scope, ArmedProbe armed) throws RejectedException {
        return compile(type, scope, armed, new Constants());
    }

    /**
     * The same before a hit comes by: the JDK has ready too what it makes at the first call of such types.
     *
     * @throws RejectedException when an expression does not fit this site
     */
    public MethodHandle compileAhead(MethodType type, Scope scope, ArmedProbe armed) throws RejectedException {
        Constants constants = new Constants();
        MethodHandle hit = compile(type, scope, armed, constants);
        shapes.rehearse(type, constants.objects());
        return hit;
    }

    private MethodHandle compile(MethodType type, Scope scope, ArmedProbe armed, Constants constants)
            throws RejectedException {
        byte[] bytes = generate(type, scope, armed, constants);
        try {
            MethodHandles.Lookup hidden =
                    HitHost.lookup().defineHiddenClassWithClassData(bytes, constants.objects(), true);
            return hidden.findStatic(hidden.lookupClass(), NAME, type);
        } catch (IllegalAccessException | NoSuchMethodException | LinkageError e) {
            throw new RejectedException("the JVM refused the probe's code at this site: " + e, e);
        }
    }

    /** Whether a class's initialiser has run; true where that can't be told. */
    public boolean isInitialized(Class<?> type) {
        return fields.isInitialized(type);
    }

    /**
     * Finds out whether {@link #compile} would take the probe, without defining anything.
     *
     * @throws RejectedException when an expression does not fit this site
     */
    public void check(MethodType type, Scope scope, ArmedProbe armed) throws RejectedException {
        generate(type, scope, armed, new Constants());
    }

    private byte[] generate(MethodType type, Scope scope, ArmedProbe armed, Constants constants)
            throws RejectedException {
        ClassWriter writer = new FrameWriter();
        writer.visit(
                Opcodes.V17, Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC, HitHost.NAME, null, "java/lang/Object", null);
        for (Object sink : armed.sinks()) {
            if (sink instanceof Series series) {
                series.seenFrom(scope.declaring());
            }
        }
        Method taken = new Method(TAKEN, type.appendParameterTypes(Lane.class).toMethodDescriptorString());
        try {
            HitParts parts = new HitParts(constants, scope, armed, fields, methods);
            GeneratorAdapter code = method(writer, new Method(NAME, type.toMethodDescriptorString()));
            code.visitAnnotation(INLINED, true).visitEnd();
            new HitBody(code, parts, scope, armed).write(taken);
            code.endMethod();
            GeneratorAdapter behind = method(writer, taken);
            TakenBody body = new TakenBody(behind, parts, scope, armed);
            if (!body.isShort()) {
                behind.visitAnnotation(CALLED, true).visitEnd();
            }
            body.write();
            behind.endMethod();
            called(writer, HitHost.BEGIN);
            called(writer, HitHost.SETTLE);
        } catch (IllegalStateException e) {
            throw new RejectedException(e.getMessage(), e);
        }
        resolve(writer, constants);
        writer.visitEnd();
        return writer.toByteArray();
    }

    /** Calls the lane's method of the same name. */
    private static void called(ClassWriter writer, Method name) {
        GeneratorAdapter code = method(writer, name);
        code.visitAnnotation(CALLED, true).visitEnd();
        code.loadArg(0); // l
        code.invokeVirtual(Type.getType(Lane.class), new Method(name.getName(), "()V")); //
        code.returnValue();
        code.endMethod();
    }

    private static GeneratorAdapter method(ClassWriter writer, Method method) {
        int access = Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;
        return new GeneratorAdapter(
                writer.visitMethod(access, method.getName(), method.getDescriptor(), null, null),
                access,
                method.getName(),
                method.getDescriptor());
    }

    /**
     * Loads every constant once when the class is initialised. HotSpot compiles no method that holds a dynamic constant
     * which was never resolved, so a path that is not taken (a condition that is always false) would keep the whole hit
     * in the interpreter.
     */
    static void resolve(ClassWriter writer, Constants constants) {
        Method method = Method.getMethod("void <clinit> ()");
        GeneratorAdapter code = new GeneratorAdapter(Opcodes.ACC_STATIC, method, null, null, writer);
        for (ConstantDynamic constant : constants.loaded()) {
            code.visitLdcInsn(constant); // a
            code.pop(); //
        }
        code.returnValue();
        code.endMethod();
    }

    /** Frames of the generated code merge nothing but Object and the JDK, so no class is looked at. */
    static final class FrameWriter extends ClassWriter {
        FrameWriter() {
            super(COMPUTE_FRAMES);
        }

        @Override
        protected String getCommonSuperClass(String a, String b) {
            return "java/lang/Object";
        }
    }
}
