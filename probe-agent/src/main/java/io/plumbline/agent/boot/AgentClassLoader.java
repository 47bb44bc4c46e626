package io.plumbline.agent.boot;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Loads the agent's classes from the folder {@code inst/} of the agent jar, where they lie as {@code .classdata} so that
 * no other loader takes them for classes. Its parent is the platform loader: the application's classes and the agent's
 * never meet, and each may have its own version of any library.
 */
final class AgentClassLoader extends ClassLoader {
    private static final String FOLDER = "inst/";

    static {
        registerAsParallelCapable();
    }

    private final File file;
    private final JarFile jar;

    AgentClassLoader(File file) throws IOException {
        super("plumbline-agent", ClassLoader.getPlatformClassLoader());
        this.file = file;
        this.jar = new JarFile(file, false);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        JarEntry entry = jar.getJarEntry(FOLDER + Detour.inJar(name).replace('.', '/') + ".classdata");
        if (entry == null) {
            throw new ClassNotFoundException(name);
        }
        try (InputStream in = jar.getInputStream(entry)) {
            byte[] bytes = Detour.lead(name, in.readAllBytes());
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    /** A class asked for as a resource is found under the name that it has here. */
    @Override
    protected URL findResource(String name) {
        String entry = FOLDER + (name.endsWith(".class") ? name + "data" : name);
        if (jar.getJarEntry(entry) == null) {
            return null;
        }
        try {
            return new URL("jar:" + file.toURI() + "!/" + entry);
        } catch (MalformedURLException e) {
            return null;
        }
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL resource = findResource(name);
        return resource == null
                ? Collections.emptyEnumeration()
                : Collections.enumeration(Collections.singleton(resource));
    }
}
