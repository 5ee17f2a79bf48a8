#!/bin/sh
# Finds out which system packages are missing and installs them.
#
#   deps.sh window   what building and opening the window needs
#   deps.sh test     besides, what the tests of the real window need
#
# It looks for the headers and programs themselves, not for package names, so
# that it does nothing (and needs no rights) where all is there.
set -eu
want=${1:-window}

case $(uname -s) in
Linux) ;;
Darwin)
	if ! xcode-select -p >/dev/null 2>&1; then
		echo "The window needs Apple's command line tools. Install them with: xcode-select --install" >&2
		exit 1
	fi
	exit 0
	;;
MINGW* | MSYS* | CYGWIN*)
	if ! command -v gcc >/dev/null 2>&1; then
		echo "The window needs a C compiler (gcc). Install MSYS2 from msys2.org, then: pacman -S mingw-w64-ucrt-x86_64-gcc" >&2
		exit 1
	fi
	exit 0
	;;
*)
	echo "Unknown system $(uname -s): the window needs a C compiler and the X11 and OpenGL headers." >&2
	exit 0
	;;
esac

have_header() {
	command -v gcc >/dev/null 2>&1 && echo "#include <$1>" | gcc -E -x c - >/dev/null 2>&1
}

missing=""
need() { missing="$missing $1"; }
command -v gcc >/dev/null 2>&1 || need gcc
for h in X11/Xlib.h X11/Xcursor/Xcursor.h X11/extensions/Xrandr.h X11/extensions/Xinerama.h \
	X11/extensions/XInput2.h X11/extensions/xf86vmode.h X11/XKBlib.h; do
	have_header "$h" || { need x11; break; }
done
have_header GLES2/gl2.h && have_header GL/gl.h || need gl
if [ "$want" = test ]; then
	command -v Xvfb >/dev/null 2>&1 || need xvfb
	command -v openbox >/dev/null 2>&1 || need openbox
	command -v xclip >/dev/null 2>&1 || need xclip
	command -v pdftotext >/dev/null 2>&1 || need poppler
	ls /usr/lib/*/dri/*_dri.so /usr/lib*/dri/*_dri.so >/dev/null 2>&1 || need dri
fi
[ -n "$missing" ] || exit 0

names() {
	for m in $missing; do
		case $1:$m in
		apt:gcc) echo gcc libc6-dev ;;
		apt:x11) echo xorg-dev ;;
		apt:gl) echo libgl1-mesa-dev libgles2-mesa-dev ;;
		apt:xvfb) echo xvfb ;;
		apt:openbox) echo openbox ;;
		apt:xclip) echo xclip ;;
		apt:poppler) echo poppler-utils ;;
		apt:dri) echo libgl1-mesa-dri ;;
		dnf:gcc) echo gcc ;;
		dnf:x11) echo libX11-devel libXcursor-devel libXrandr-devel libXinerama-devel libXi-devel libXxf86vm-devel ;;
		dnf:gl) echo mesa-libGL-devel mesa-libGLES-devel ;;
		dnf:xvfb) echo xorg-x11-server-Xvfb ;;
		dnf:openbox) echo openbox ;;
		dnf:xclip) echo xclip ;;
		dnf:poppler) echo poppler-utils ;;
		dnf:dri) echo mesa-dri-drivers ;;
		pacman:gcc) echo gcc ;;
		pacman:x11) echo libx11 libxcursor libxrandr libxinerama libxi libxxf86vm xorgproto ;;
		pacman:gl | pacman:dri) echo mesa ;;
		pacman:xvfb) echo xorg-server-xvfb ;;
		pacman:openbox) echo openbox ;;
		pacman:xclip) echo xclip ;;
		pacman:poppler) echo poppler ;;
		zypper:gcc) echo gcc ;;
		zypper:x11) echo libX11-devel libXcursor-devel libXrandr-devel libXinerama-devel libXi-devel libXxf86vm-devel ;;
		zypper:gl) echo Mesa-libGL-devel Mesa-libGLESv2-devel ;;
		zypper:xvfb) echo xorg-x11-server-Xvfb ;;
		zypper:openbox) echo openbox ;;
		zypper:xclip) echo xclip ;;
		zypper:poppler) echo poppler-tools ;;
		zypper:dri) echo Mesa-dri ;;
		esac
	done
}

as_root=""
if [ "$(id -u)" != 0 ]; then
	if command -v sudo >/dev/null 2>&1; then
		as_root=sudo
	else
		as_root="(as root)"
	fi
fi

install() {
	manager=$1
	shift
	# shellcheck disable=SC2046
	set -- "$@" $(names "$manager")
	echo "Installing system packages: $as_root $*" >&2
	if [ "$as_root" = "(as root)" ]; then
		echo "There is no sudo here: run that line as root, then again." >&2
		exit 1
	fi
	$as_root env DEBIAN_FRONTEND=noninteractive "$@" </dev/null
}

if command -v apt-get >/dev/null 2>&1; then
	$([ "$as_root" = sudo ] && echo sudo) apt-get update -qq </dev/null || true
	install apt apt-get install -y -qq --no-install-recommends
elif command -v dnf >/dev/null 2>&1; then
	install dnf dnf install -y -q
elif command -v pacman >/dev/null 2>&1; then
	install pacman pacman -S --needed --noconfirm
elif command -v zypper >/dev/null 2>&1; then
	install zypper zypper --non-interactive install
else
	echo "No apt, dnf, pacman or zypper here. The window needs:$missing (a C compiler, X11 and OpenGL headers)." >&2
	exit 1
fi
