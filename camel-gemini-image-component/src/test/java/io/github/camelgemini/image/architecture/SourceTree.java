package io.github.camelgemini.image.architecture;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.TypeParameterTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The classes in a folder of Java sources. They are parsed, not compiled: bytecode does not show which constant a
 * number comes from, because the compiler inserts the number.
 */
final class SourceTree {

    /** A class by its full name in code. */
    private static final Pattern WHOLE_NAME = Pattern.compile("([a-z]\\w*\\.){2,}[A-Z]\\w*");

    private final List<SourceClass> classes = new ArrayList<>();

    private SourceTree(List<CompilationUnitTree> files) {
        Set<String> ours =
                files.stream().map(file -> packageName(file) + "." + name(file)).collect(Collectors.toSet());
        for (CompilationUnitTree file : files) {
            classes.add(new SourceClass(packageName(file), name(file), new Names(file, ours).known()));
        }
        classes.sort(Comparator.comparing(SourceClass::fullName));
    }

    /** Reads all {@code .java} files in a folder and its folders. */
    static SourceTree of(Path folder) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (Stream<Path> all = Files.walk(folder);
                StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<Path> sources = all.filter(file -> file.toString().endsWith(".java")
                            && !file.endsWith("package-info.java")
                            && !file.endsWith("module-info.java"))
                    .toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
            List<CompilationUnitTree> parsed = new ArrayList<>();
            task.parse().forEach(parsed::add);
            return new SourceTree(parsed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By name. */
    List<SourceClass> classes() {
        return classes;
    }

    private static String packageName(CompilationUnitTree file) {
        return String.valueOf(file.getPackageName());
    }

    private static String name(CompilationUnitTree file) {
        return Path.of(file.getSourceFile().getName()).getFileName().toString().replace(".java", "");
    }

    /** What one file names. */
    private static final class Names extends TreeScanner<Void, Void> {

        private final CompilationUnitTree file;
        private final Set<String> ours;
        private final Set<String> imports = new TreeSet<>();
        /** Simple names that mean something other than a class of the same package: imported or declared here. */
        private final Set<String> taken = new HashSet<>();

        private final Set<String> simple = new TreeSet<>();
        private final Set<String> whole = new TreeSet<>();

        Names(CompilationUnitTree file, Set<String> ours) {
            this.file = file;
            this.ours = ours;
            scan(file, null);
        }

        Set<String> known() {
            Set<String> known = new TreeSet<>(whole);
            known.addAll(imports);
            List<String> packages = new ArrayList<>(List.of(packageName(file)));
            imports.stream()
                    .filter(name -> name.endsWith(".*"))
                    .forEach(name -> packages.add(name.substring(0, name.length() - 2)));
            simple.stream()
                    .filter(name -> !taken.contains(name))
                    .flatMap(name -> packages.stream().map(in -> in + "." + name))
                    .filter(ours::contains)
                    .forEach(known::add);
            known.remove(packageName(file) + "." + name(file));
            return known;
        }

        @Override
        public Void visitPackage(PackageTree node, Void nothing) {
            return null;
        }

        @Override
        public Void visitImport(ImportTree node, Void nothing) {
            String name = node.getQualifiedIdentifier().toString();
            taken.add(name.substring(name.lastIndexOf('.') + 1));
            imports.add(classOf(name, node.isStatic()));
            return null;
        }

        @Override
        public Void visitClass(ClassTree node, Void nothing) {
            taken.add(node.getSimpleName().toString());
            scan(node.getModifiers(), nothing);
            scan(node.getTypeParameters(), nothing);
            scan(node.getExtendsClause(), nothing);
            scan(node.getImplementsClause(), nothing);
            // Not what a sealed type permits: it must name its subtypes, and makes no other use of them.
            return scan(node.getMembers(), nothing);
        }

        @Override
        public Void visitTypeParameter(TypeParameterTree node, Void nothing) {
            taken.add(node.getName().toString());
            return super.visitTypeParameter(node, nothing);
        }

        @Override
        public Void visitIdentifier(IdentifierTree node, Void nothing) {
            simple.add(node.getName().toString());
            return null;
        }

        @Override
        public Void visitMemberSelect(MemberSelectTree node, Void nothing) {
            String name = node.toString();
            if (WHOLE_NAME.matcher(name).matches()) {
                whole.add(name);
            }
            return super.visitMemberSelect(node, nothing);
        }

        /** The top-level class of an imported class or member, where it is one of ours. */
        private String classOf(String name, boolean isStatic) {
            for (String outer = name; outer.contains("."); outer = outer.substring(0, outer.lastIndexOf('.'))) {
                if (ours.contains(outer)) {
                    return outer;
                }
            }
            return isStatic ? name.substring(0, name.lastIndexOf('.')) : name;
        }
    }
}
