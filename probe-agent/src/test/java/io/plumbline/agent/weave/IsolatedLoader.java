package io.plumbline.agent.weave;

import java.net.URL;
import java.net.URLClassLoader;

/** Loads the case classes itself, once more. */
public final class IsolatedLoader extends URLClassLoader {
    private static final String CASES = "io.plumbline.cases.";

    public IsolatedLoader() {
        this(IsolatedLoader.class.getClassLoader());
    }

    /**
     * @param parent of all other classes
     */
    public IsolatedLoader(ClassLoader parent) {
        super(
                new URL[] {
                    IsolatedLoader.class.getProtectionDomain().getCodeSource().getLocation()
                },
                parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(CASES)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known != null ? known : findClass(name);
        }
    }
}
